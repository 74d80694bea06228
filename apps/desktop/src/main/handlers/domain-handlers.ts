import { parseDomainName } from '@dmarc-as-code/records'
import type { domainRequests } from '../../shared/contract/domain-requests.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { ProblemError } from '../../shared/problems.ts'
import type { Handlers } from '../ipc/router.ts'
import type { Services } from '../services.ts'
import type { Watcher } from '../watch/watcher.ts'

export function domainHandlers({
  watcher,
  history,
  hosting,
  openLink,
}: Pick<Services, 'watcher' | 'history' | 'hosting' | 'openLink'>): Handlers<keyof typeof domainRequests> {
  /** A change is verified at once; the result, good or bad, shows in the state. */
  const verifySoon = (key: string): void => void watcher.verify(key).catch(() => {})

  return {
    getHistory: ({ key }) => history.of(key),
    checkNow: () => watcher.checkAll(),
    verifyDomain: async ({ key }) => {
      await watcher.verify(key)
    },
    addDomain: async ({ connectionId, accountId, address, parked, hostDmarc, hostMtaSts, mx }) => {
      const name = parseDomainName(address)
      if (!name.ok) throw new ProblemError('refused', name.finding.message)
      const mtaSts = hostMtaSts ? { mode: 'testing', mx, days: 7 } : undefined
      const input = { address: name.ascii, parked, ...(mtaSts ? { mtaSts } : {}) }
      const services = { ...(hostDmarc ? { hostedDmarc: true } : {}), ...(hostMtaSts ? { hostedMtaSts: true } : {}) }
      const isHosted = hostDmarc || hostMtaSts
      const { key } = await watcher.watch(connectionId).create(accountId, input, isHosted ? services : undefined)
      if (isHosted) verifySoon(key)
      return { key }
    },
    setHosting: async ({ key, ...change }) => {
      await hosting.set(watcher.domain(key), change)
      verifySoon(key)
    },
    saveDmarcPolicy: ({ key, record, base }) =>
      watcher.update(key, { dmarcRecord: record, base: { dmarcRecord: base } }),
    saveMtaStsPolicy: ({ key, policy, base }) => watcher.update(key, { mtaSts: policy, base: { mtaSts: base } }),
    openInBrowser: async ({ key, what }) => {
      await openLink(linkOf(watcher.domain(key), what, watcher))
    },
  }
}

function linkOf(domain: DomainSummary, what: 'service' | 'policy-file', watcher: Watcher): string {
  if (what === 'policy-file') return `https://mta-sts.${domain.address}/.well-known/mta-sts.txt`
  const page = watcher.watch(domain.connectionId).webPage(domain)
  if (!page) throw new ProblemError('unsupported', 'This service has no web page to open.')
  return page
}
