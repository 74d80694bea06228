import { hostedNames } from '@dmarc-as-code/records'
import { isDefinite } from '../observe/classify.ts'
import type { Resolver } from '../observe/resolver.ts'
import type { ResolverRun } from '../observe/run.ts'
import type { ServerAnswer } from '../observe/types.ts'
import { type PolicyFetcher, saysNothing, usablePolicy } from '../verify/policy-fetch.ts'
import { recordsOfType } from '../wire/records.ts'
import type { DnsRecordType } from '../wire/types.ts'
import type { Found, MailView } from './types.ts'

export interface MailViewOptions {
  /** Fetches policy files; without it they are not known. */
  policies?: PolicyFetcher | undefined
  signal?: AbortSignal | undefined
  /** Milliseconds for everything that is looked up. Default 30,000. */
  timeout?: number
}

const mostAliases = 8

/** What receivers of mail see, through the DNS and over HTTPS. What is learnt about zones is kept for its life. */
export function mailView(resolver: Resolver, { policies, signal, timeout = 30_000 }: MailViewOptions = {}): MailView {
  const run = resolver.begin({ signal, timeout })
  /** Zones whose servers do not answer from here (port 53 is blocked in many offices); resolvers are asked instead. */
  const deaf = new Set<string>()

  async function ask(name: string, type: DnsRecordType): Promise<Found<ServerAnswer>> {
    return attempt(name, () => run.lookUp({ name, type }, { deadline: AbortSignal.timeout(10_000) }))
  }

  async function attempt(name: string, look: () => Promise<ServerAnswer>): Promise<Found<ServerAnswer>> {
    try {
      const answer = await look()
      return isDefinite(answer) ? { value: answer } : notKnown(name, answer.error ?? answer.outcome)
    } catch (error) {
      signal?.throwIfAborted()
      return notKnown(name, error instanceof Error ? error.message : String(error))
    }
  }

  async function askAuthority(name: string): Promise<ServerAnswer | undefined> {
    const deadline = AbortSignal.timeout(10_000)
    const zone = await run.findZone(name, deadline)
    if (deaf.has(zone.name)) return undefined
    for (const server of zone.nameServers.slice(0, 4)) {
      const answer = await run.askNameServer({ name, type: 'TXT' }, server, { deadline })
      if (isDefinite(answer)) return answer
    }
    deaf.add(zone.name)
    return undefined
  }

  return {
    async texts(name) {
      return map(await ask(name, 'TXT'), textsIn)
    },
    async freshTexts(name) {
      for (let at = name, hop = 0; hop < mostAliases; hop++) {
        const answer = await askAuthority(at).catch(() => undefined)
        signal?.throwIfAborted()
        if (!answer) break
        const texts = textsIn(answer)
        const next = recordsOfType(answer.records, 'CNAME').at(-1)?.data
        if (texts.length > 0 || next === undefined) return { value: texts }
        at = next
      }
      return map(await ask(name, 'TXT'), textsIn)
    },
    async addresses(name) {
      const [v4, v6] = await Promise.all([ask(name, 'A'), ask(name, 'AAAA')])
      const found = [v4, v6].flatMap((answer) => ('value' in answer ? addressesIn(answer.value) : []))
      // An address that is known will do; that there is none takes both answers.
      if (found.length > 0) return { value: found }
      return 'unknown' in v4 ? v4 : 'unknown' in v6 ? v6 : { value: [] }
    },
    async policyFile(domain, addresses, state) {
      const host = hostedNames(domain).mta_sts_policy
      if (!policies) return { unknown: `The policy file of ${host} was not fetched.` }
      const answer = await policies.fetch(host, addresses, { signal })
      const policy = usablePolicy(answer)
      if (policy !== null) return { value: policy }
      const why = answer.ok ? `HTTP status ${answer.status}, no policy` : answer.message.replace(/\.$/, '')
      if (state === 'live' && !saysNothing(answer)) return { value: null }
      return { unknown: `The policy file of ${host} could not be read at ${addresses.join(', ')}: ${why}.` }
    },
    reaches(name) {
      return run.stubFor(name) !== undefined || hasRecursors(run)
    },
  }
}

const hasRecursors = (run: ResolverRun) => run.recursors.length > 0

const textsIn = ({ records }: ServerAnswer) => recordsOfType(records, 'TXT').map(({ data }) => data)

const addressesIn = ({ records }: ServerAnswer) =>
  [...recordsOfType(records, 'A'), ...recordsOfType(records, 'AAAA')].map(({ data }) => data)

function map<From, To>(found: Found<From>, change: (value: From) => To): Found<To> {
  return 'value' in found ? { value: change(found.value) } : found
}

const notKnown = (name: string, why: string) => ({
  unknown: `${name} could not be looked up: ${why.replace(/\.$/, '')}.`,
})
