import { isDefinite, type Resolver } from '@dmarc-as-code/dns/resolver'
import { canonicalName, type DnsRecord, type DnsRecordType, recordsOfType } from '@dmarc-as-code/dns/wire'
import type { HideInternal } from '../network/internal-servers.ts'
import { type Found, found, notKnown } from './found.ts'

/** Milliseconds for one question; every question has its own. */
const questionTime = 3000

/** Milliseconds for all questions of one look together. */
const lookTime = 6000

/** Looks records up as receivers of mail do, aliases followed. Answers are remembered for one look. */
export type LookUp = (name: string, type: DnsRecordType) => Promise<Found<readonly DnsRecord[]>>

/** A look with its own budget; `hide` changes the messages of failures. Rejects only when the signal aborts. */
export function beginLook(resolver: Resolver, signal?: AbortSignal, hide: HideInternal = (text) => text): LookUp {
  const run = resolver.begin({ timeout: lookTime, signal })
  const answers = new Map<string, Promise<Found<readonly DnsRecord[]>>>()
  return (name, type) => {
    const key = `${type} ${name}`
    const known = answers.get(key) ?? ask(name, type)
    answers.set(key, known)
    return known
  }

  async function ask(name: string, type: DnsRecordType): Promise<Found<readonly DnsRecord[]>> {
    // Where only stub zones are asked, there is nothing beyond them.
    if (run.recursors.length === 0 && !run.stubFor(name)) return found([])
    try {
      const answer = await run.lookUp({ name, type }, { deadline: AbortSignal.timeout(questionTime) })
      return isDefinite(answer) ? found(answer.records) : notKnown(hide(failure(name, answer.error ?? answer.outcome)))
    } catch (error) {
      signal?.throwIfAborted()
      return notKnown(hide(failure(name, error instanceof Error ? error.message : String(error))))
    }
  }
}

const failure = (name: string, why: string) => `${name} could not be looked up: ${why.replace(/\.$/, '')}.`

/** Whether the records of an answer lead through an alias to a name. */
export const leadsTo = (records: readonly DnsRecord[], target: string): boolean =>
  recordsOfType(records, 'CNAME').some(({ data }) => canonicalName(data) === canonicalName(target))
