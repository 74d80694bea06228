import type { DnsClient } from '@dmarc-as-code/dns/resolver'
import type { DnsMessage, DnsQuestion, DnsRecord } from '@dmarc-as-code/dns/wire'

/** Domain `number` of a simulation is `d<number>.example`, its hosting key `k<number>` filled up. */
export const keyOf = (number: number): string => `k${number}`.padEnd(26, 'z')
export const hostedRecord = 'v=DMARC1; p=none; rua=mailto:a@reports.hosting.test'

/** One domain in twenty has name servers that never answer. */
export const isSilent = (number: number) => number % 20 === 3
/** One domain in a hundred has no CNAME. */
export const isBroken = (number: number) => number % 100 === 7

/** The DNS of a simulation: the CNAMEs of its domains and the hosted zone, answered in memory at once. */
export function simulatedDns(asked: () => void): DnsClient {
  return {
    async query(question) {
      asked()
      return answerTo(question, numberOf(question.name))
    },
  }
}

function numberOf(name: string): number | undefined {
  const digits = /(?:^|\.)d(\d+)\.example$/.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function answerTo(question: DnsQuestion, number: number | undefined): DnsMessage {
  const { name, type } = question
  const answers: DnsRecord[] = []
  const owner = { name, ttl: 300 }
  if (number !== undefined && name.startsWith('_dmarc.') && !isBroken(number)) {
    answers.push({ ...owner, type: 'CNAME', data: `${keyOf(number)}.dmarc.hosting.test` })
  }
  if (type === 'TXT' && name.endsWith('.dmarc.hosting.test')) {
    answers.push({ ...owner, type: 'TXT', data: hostedRecord, strings: [hostedRecord] })
  }
  return {
    ...{ id: 1, response: true, opcode: 0, authoritative: true, truncated: false },
    rcode: number !== undefined && isBroken(number) && name.startsWith('_dmarc.') ? 'NXDOMAIN' : 'NOERROR',
    ...{ recursionDesired: false, recursionAvailable: false, authenticData: false, checkingDisabled: false },
    question: { name, type },
    answers,
    ...{ authority: [], additional: [], edns: undefined },
  }
}
