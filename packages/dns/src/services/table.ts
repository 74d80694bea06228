import type { ServiceEntry } from './types.ts'

/** The README's table of services: settings with their variables, what each can do, and against what it was run. */
export function servicesTable(entries: readonly ServiceEntry[]): string {
  const header = [
    '`type`',
    'settings (environment)',
    'one name at once',
    'all names at once',
    'service checks first',
    'run against',
  ]
  const rows = entries.map((entry) => {
    const word = (able: boolean) => (entry.abilities.canWrite ? (able ? 'yes' : 'no') : '-')
    return [
      `\`${entry.id}\``,
      settings(entry),
      word(entry.abilities.canReplaceAtomically),
      word(entry.abilities.canApplyAllAtomically),
      word(entry.abilities.checksBeforeWriting),
      entry.proof === 'stand-in' ? 'a stand-in only' : `a ${entry.proof}`,
    ]
  })
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function settings({ fields, credentialsFallback }: ServiceEntry): string {
  if (fields.length === 0) return 'none'
  const parts = fields.map(
    ({ name, env }) => `\`${name}\`${env?.length ? ` (${env.map((variable) => `\`${variable}\``).join(', ')})` : ''}`,
  )
  return `${parts.join(', ')}${credentialsFallback ? `; else ${credentialsFallback}` : ''}`
}
