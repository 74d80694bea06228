import type { ServerAnswer } from './types.ts'

/** What to do about servers none of which said what was asked: their answers tell whether the network is to blame. */
export function adviceFor(answers: readonly ServerAnswer[]): string {
  if (answers.some(({ outcome }) => outcome === 'refused' || outcome === 'lame'))
    return 'The servers answer, but not for this zone: check the delegation, and whether they hold the zone and let this address ask.'
  if (answers.some(({ outcome }) => outcome === 'server-failed'))
    return 'The servers answer, but cannot serve the zone: their logs say why.'
  return 'Check the network, or try again later.'
}

/** What a server did instead of an answer that can be used, in a few words. */
export function instead({ server, outcome, rcode, error }: ServerAnswer): string {
  if (error !== undefined) return error.replace(/\.$/, '')
  return `${server.address} ${outcome === 'lame' ? 'does not serve the zone' : `answered ${rcode ?? outcome}`}`
}
