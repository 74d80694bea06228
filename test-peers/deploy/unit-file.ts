import { readFileSync } from 'node:fs'

/** The settings of a unit's section, each with all its values in order. */
export function readUnit(path: string, section: string): Map<string, string[]> {
  const settings = new Map<string, string[]>()
  let current = ''
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [, name] = /^\[(\w+)\]$/.exec(line) ?? []
    if (name !== undefined) current = name
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? []
    if (current !== section || key === undefined || value === undefined) continue
    settings.set(key, [...(settings.get(key) ?? []), value])
  }
  return settings
}
