import { readFileSync } from 'node:fs'

/** One instruction of a Containerfile, with continued lines joined: `RUN`, and the rest of the line. */
export interface Instruction {
  readonly name: string
  readonly text: string
}

/** The stages of a Containerfile in their order: the name after `AS` (the last one may have none), and what follows. */
export interface Stage {
  readonly name: string | undefined
  readonly instructions: readonly Instruction[]
}

/** Reads the few forms that our Containerfile uses; anything else is for `hadolint` to judge. */
export function readContainerfile(path: string): Stage[] {
  const lines = readFileSync(path, 'utf8')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const stages: { name: string | undefined; instructions: Instruction[] }[] = []
  for (const line of lines) {
    const [, name = '', text = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
    if (name === 'FROM') stages.push({ name: / AS (\S+)$/.exec(text)?.[1], instructions: [] })
    else stages.at(-1)?.instructions.push({ name, text })
  }
  return stages
}

/** The variables of an `ENV` instruction: `A=1 B=2`. */
export function variablesOf({ text }: Instruction): Record<string, string> {
  return Object.fromEntries(
    text.split(/\s+/).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  )
}
