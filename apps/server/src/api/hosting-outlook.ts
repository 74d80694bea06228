import type { DomainSettings, SettingsChange } from '../rules/domain-settings.ts'
import { hostedTargets } from '../rules/hosted-names.ts'
import { beginsWithLivePolicy, type Outlook, switched, takesOver } from '../rules/hosting-start.ts'
import type { DomainView } from '../store/domains.ts'
import { findHosting } from '../store/hostings.ts'
import type { Caller } from '../store/tokens.ts'
import type { ApiContext } from './context.ts'

/** Looks up what is live, before the transaction of a change that switches a service on or off, or takes over what is live. */
export async function hostingOutlook(
  { store, zone, current, looks }: ApiContext,
  caller: Caller,
  domain: DomainView,
  before: DomainSettings,
  change: SettingsChange,
  takeOver = false,
): Promise<Outlook> {
  const switches = switched(before, change)
  const takes = takesOver(change, takeOver)
  const dmarc = switches.dmarc || takes.dmarc
  const mtaSts = switches.mtaSts || takes.mtaSts
  if (!dmarc && !mtaSts) return {}
  const targets = hostedTargets(domain.key, zone.zone)
  const { address } = domain
  const share = `${address} ${domain.key} ${dmarc} ${mtaSts} ${takeOver}`
  return looks.run(caller.tokenId, share, async () => {
    const outlook: Outlook = {}
    const served = mtaSts ? ((await findHosting(store.db, domain.key))?.live_policy ?? null) : null
    await Promise.all([
      dmarc &&
        current.dmarc(address, targets.dmarc).then((found) => {
          outlook.dmarc = found
        }),
      mtaSts && readPolicy(),
    ])
    return outlook

    async function readPolicy(): Promise<void> {
      const found = await current.mtaSts({ domain: address, targets, served })
      outlook.mtaSts = found
      const lacksPolicy = before.mta_sts_policy === null && !(found.known && found.value.policy)
      if (lacksPolicy && beginsWithLivePolicy(before, change, takeOver)) {
        outlook.mailHosts = await current.mailHosts(address)
      }
    }
  })
}
