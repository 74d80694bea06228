import { mtaStsMxMatches, parseMtaStsPolicy } from '@dmarc-as-code/records'
import type { CurrentRecords } from '../current/current-records.ts'
import { hostingOf } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import { scheduleOnce } from '../store/work.ts'
import type { Next, Work } from '../workers/worker.ts'
import { notify } from './notify.ts'

export interface CheckMailHostsContext {
  store: Store
  current: Pick<CurrentRecords, 'mailHosts'>
  now: () => number
}

const day = 86_400_000
/** After a look-up that failed. */
const again = 3_600_000

/**
 * Whether the enforced MTA-STS policy of a domain names every host of its MX records, once a day. One that it does not name
 * gets no mail from senders that follow MTA-STS. The work ends when the policy is no longer enforced.
 */
export async function checkMailHosts(
  { subject, signal, attempt }: Pick<Work, 'subject' | 'signal' | 'attempt'>,
  { store, current, now }: CheckMailHostsContext,
): Promise<Next> {
  const domainId = Number(subject)
  const enforced = await enforcedDomains(store, domainId)
  const [domain] = enforced
  if (!domain) return { at: null, attempt: 0 }
  const found = await current.mailHosts(domain.address, signal)
  if (!found.known) return { at: now() + again, attempt: attempt + 1 }
  await store.transaction(async (tx) => {
    const { wanted_policy: policy } = await hostingOf(tx, domainId)
    const tags = policy === null ? undefined : parseMtaStsPolicy(policy).tags
    if (tags?.mode !== 'enforce') return
    const patterns = tags.mx ?? []
    const hosts = found.value.filter((host) => !patterns.some((pattern) => mtaStsMxMatches(pattern, host))).sort()
    if (hosts.length === 0) return
    // Once for each combination of hosts and policy, so that a change of either is noted again.
    const once = `${hosts.join(' ')} / ${patterns.join(' ')}`
    await notify(tx, { kind: 'mx_not_in_policy', domainId, facts: { hosts, policy: patterns }, once, now: now() })
  })
  return { at: now() + day, attempt: 0 }
}

/** Schedules the check of every domain with an enforced policy that has none; spread over the day by `random`, from 0 to 1. */
export async function scheduleMailHostChecks(store: Store, now: number, random: () => number): Promise<void> {
  for (const { id } of await enforcedDomains(store)) {
    await scheduleOnce(store.db, 'mail_hosts', String(id), Math.round(now + random() * day))
  }
}

function enforcedDomains(store: Store, only?: number): Promise<{ id: number; address: string }[]> {
  const query = store.db
    .selectFrom('domains')
    .select(['id', 'address'])
    .where('hosted_mta_sts', '=', 1)
    .where('mta_sts_mode', '=', 'enforce')
  return (only === undefined ? query : query.where('id', '=', only)).execute()
}
