import type { WireDmarcEffect, WireEffect, WireMtaStsEffect } from '@dmarc-as-code/client/contract'
import { parseDmarc, parseMtaStsPolicy } from '@dmarc-as-code/records'
import { dmarcEffect, unknownDmarcEffect } from './dmarc-effect.ts'
import { type DomainFacts, type DomainSettings, wantedHosting } from './domain-settings.ts'
import type { Outlook } from './hosting-start.ts'
import { mtaStsEffect, unknownMtaStsEffect } from './mta-sts-effect.ts'

const elsewhere = 'The CNAME of the domain does not lead to this server, so nothing changes for mail.'
const nothing = 'Nothing changes for mail.'
const concurrent = 'The domain was changed at the same time.'

/**
 * What a change of hosting does to mail: against what is live where a service is switched on or off (`after` null: the
 * domain is deleted), against what was hosted where the record or the policy changes. Undefined where neither is so.
 */
export function hostingEffect(
  before: DomainSettings,
  after: DomainSettings | null,
  facts: DomainFacts,
  outlook: Outlook,
): WireEffect | undefined {
  const dmarc = effectOnDmarc(before, after, facts, outlook)
  const mtaSts = effectOnMtaSts(before, after, facts, outlook)
  if (!dmarc && !mtaSts) return undefined
  return { ...(dmarc && { dmarc }), ...(mtaSts && { mta_sts: mtaSts }) }
}

function effectOnDmarc(
  before: DomainSettings,
  after: DomainSettings | null,
  { address: domain, parked, addresses }: DomainFacts,
  { dmarc: live }: Outlook,
): WireDmarcEffect | undefined {
  const [from, to] = [before, after].map(
    (settings) => settings && wantedHosting(settings, parked, addresses).dmarc_record,
  )
  if (!from && !to) return undefined
  const hosted = (text: string) => ({ domain, own: parseDmarc(text), inherited: null })
  if (from && to) return from === to ? undefined : dmarcEffect(hosted(from), hosted(to), { nothing })
  if (!live) return unknownDmarcEffect(concurrent)
  if (!live.known) return unknownDmarcEffect(`The current DMARC record could not be read. ${live.message}`)
  const { own, inherited, leadsHere } = live.value
  const now = { domain, own, inherited: inherited.known ? inherited.value : null }
  if (to) {
    const usesDefault = after?.hosted_dmarc_config === null
    const advice = usesDefault
      ? 'Hosting begins with the default record, which is weaker than what is live. Send take_over_current: true when switching hosting on, or hosted_dmarc_config, to keep it.'
      : undefined
    return dmarcEffect(now, hosted(to), { advice, nothing })
  }
  const advice =
    'Replace the CNAME by a TXT record with the hosted record before hosting ends to keep it (dmarc-dns eject does so).'
  if (!leadsHere) return dmarcEffect(now, now, { nothing: elsewhere })
  if (!inherited.known)
    return unknownDmarcEffect(`The record that applies afterwards could not be read. ${inherited.message}`)
  return dmarcEffect(now, { ...now, own: null }, { advice, nothing })
}

function effectOnMtaSts(
  before: DomainSettings,
  after: DomainSettings | null,
  { parked, addresses }: DomainFacts,
  { mtaSts: live }: Outlook,
): WireMtaStsEffect | undefined {
  const hosts = (settings: DomainSettings | null) => settings?.hosted_mta_sts ?? false
  if (!hosts(before) && !hosts(after)) return undefined
  const policyOf = (settings: DomainSettings | null) => {
    const text = settings && wantedHosting(settings, parked, addresses).wanted_policy
    return text ? parseMtaStsPolicy(text) : null
  }
  const [from, to] = [policyOf(before), policyOf(after)]
  if (hosts(before) && hosts(after)) return from?.text === to?.text ? undefined : mtaStsEffect(from, to, { nothing })
  if (!live) return unknownMtaStsEffect(concurrent)
  if (!live.known) return unknownMtaStsEffect(`The current MTA-STS policy could not be read. ${live.message}`)
  const { policy, leadsHere } = live.value
  if (hosts(after)) {
    const advice = 'Send take_over_current: true when switching hosting on to keep the policy that is live.'
    return mtaStsEffect(policy, to, { advice, nothing })
  }
  return leadsHere ? mtaStsEffect(policy, null, { nothing }) : mtaStsEffect(policy, policy, { nothing: elsewhere })
}
