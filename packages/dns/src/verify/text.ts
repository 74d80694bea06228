import type { AskedServer, ServerAnswer } from '../observe/types.ts'

/** `ns1.example.net (192.0.2.53)`. */
export function serverText(server: AskedServer): string {
  return server.name === undefined ? server.address : `${server.name} (${server.address})`
}

/** What a verified record's verdict says. */
export function pointsText(name: string, target: string): string {
  return `The CNAME at ${name} points to ${target}.`
}

/** What a server's failure was, in a few words. */
export function failureText({ server, outcome, rcode }: ServerAnswer): string {
  const words: Partial<Record<ServerAnswer['outcome'], string>> = {
    lame: 'does not serve the zone',
    referral: 'refers to other servers',
    refused: `refused to answer (${rcode})`,
    'server-failed': `failed (${rcode})`,
    'timed-out': 'did not answer in time',
    unreachable: 'could not be reached',
    malformed: 'answered with something that is not a DNS message',
    'not-asked': 'was not asked, because one check sends a limited number of questions',
  }
  return `${serverText(server)} ${words[outcome] ?? 'answered'}`
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: string[]): string {
  if (words.length <= 1) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
