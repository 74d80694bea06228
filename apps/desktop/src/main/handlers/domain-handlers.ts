import type { domainRequests } from '../../shared/contract/domain-requests.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { ProblemError } from '../../shared/problems.ts'
import type { Handlers } from '../ipc/router.ts'
import type { Services } from '../services.ts'
import type { Watcher } from '../watch/watcher.ts'

const shownAlerts = 200

export function domainHandlers({
  watcher,
  history,
  hosting,
  fleet,
  exportDomains,
  lookUpMx,
  openLink,
}: Pick<Services, 'watcher' | 'history' | 'hosting' | 'fleet' | 'exportDomains' | 'lookUpMx' | 'openLink'>): Handlers<
  keyof typeof domainRequests
> {
  /** A change is verified at once; the result, good or bad, shows in the state. */
  const verifySoon = (key: string): void => void watcher.verify(key).catch(() => {})
  /** Where somebody else has changed the domain, what they made of it is shown beside the draft. */
  const showing = async (key: string, change: () => Promise<void>) => {
    const { connectionId } = watcher.domain(key)
    try {
      await change()
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'changed-meanwhile')
        await watcher.watch(connectionId).checkAnew()
      throw error
    }
  }

  return {
    getHistory: ({ key }) => history.of(key),
    getServiceHistory: ({ key }) => watcher.ask(key, (service, domain, signal) => service.history(domain, signal)),
    getAlerts: () => history.latest(shownAlerts),
    checkNow: () => watcher.checkAll(),
    verifyDomain: async ({ key }) => {
      await watcher.verify(key)
    },
    verifyDomains: ({ keys }) => fleet.verify(keys),
    addDomains: (input) => fleet.add(input),
    lookUpMx: ({ connectionId, addresses }) => lookUpMx(connectionId, addresses),
    hostDomains: ({ keys }) => fleet.host(keys),
    tagDomains: ({ keys, add, remove }) => fleet.tag(keys, add, remove),
    setReports: async ({ key, ...reports }) => {
      await watcher.update(key, { reports })
    },
    deleteDomain: ({ key, leave, reason }) => hosting.delete(watcher.domain(key), leave, reason),
    exportCsv: ({ keys }) => exportDomains(keys.map((key) => watcher.domain(key))),
    setHosting: async ({ key, ...change }) => {
      await hosting.set(watcher.domain(key), change)
      verifySoon(key)
    },
    saveDmarcPolicy: ({ key, record, base, ...why }) =>
      showing(key, () => hosting.publishDmarc(watcher.domain(key), record, base, why)),
    saveMtaStsPolicy: ({ key, policy, base, ...why }) =>
      showing(key, () => hosting.publishMtaSts(watcher.domain(key), policy, base, why)),
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
