import { parseDomainName } from '@dmarc-as-code/records'
import type { AppState, Preferences } from '../shared/contract.ts'
import type { DomainSummary } from '../shared/model.ts'
import { ProblemError } from '../shared/problems.ts'
import type { ApplyDesk } from './apply/apply-desk.ts'
import type { CredentialsDrawer } from './apply/credentials-drawer.ts'
import { accessMethods } from './apply/methods.ts'
import type { Connections } from './connections/connections.ts'
import type { HistoryStore } from './history/history-store.ts'
import type { Handlers } from './ipc/router.ts'
import type { DomainChange } from './service/service.ts'
import type { Updates } from './updates/updates.ts'
import type { Watcher } from './watch/watcher.ts'

export interface HandlerParts {
  readonly state: () => AppState
  readonly watcher: Watcher
  readonly connections: Connections
  readonly desk: ApplyDesk
  readonly drawer: Pick<CredentialsDrawer, 'look' | 'replace' | 'remove'>
  readonly history: Pick<HistoryStore, 'of'>
  readonly startSandbox: () => Promise<{ connectionId: string }>
  readonly stopSandbox: () => void
  readonly openLink: (url: string) => Promise<void>
  readonly copyText: (text: string) => void
  readonly setPreferences: (preferences: Preferences) => void
  readonly updates: Pick<Updates, 'look' | 'install'>
  readonly showLog: () => void
  readonly hideWindow: () => void
  readonly onFailure: (error: unknown) => void
}

const actionTimeout = 60_000
const helpPages = { tokens: 'https://docs.dmarcreport.com/' } as const

/** What each request of the page does. */
export function makeHandlers(parts: HandlerParts): Handlers {
  const { watcher, connections, desk, drawer, history } = parts
  const update = async (key: string, change: DomainChange): Promise<void> => {
    const domain = watcher.domain(key)
    await watcher.watch(domain.connectionId).use((service, signal) => service.update(domain, change, signal))
  }
  /** A change is worth a look at once; what comes of it, good or bad, shows in the state. */
  const lookAt = (key: string): void => void watcher.verify(key).catch(() => {})
  const deadline = () => AbortSignal.timeout(actionTimeout)

  return {
    getState: () => parts.state(),
    getHistory: ({ key }) => history.of(key),
    checkNow: () => watcher.checkAll(),
    verifyDomain: async ({ key }) => {
      await watcher.verify(key)
    },
    addConnection: async (input) => {
      const connection = await connections.add(input, deadline())
      await watcher.add(connection)
      return { connectionId: connection.id }
    },
    replaceToken: async ({ connectionId, token }) => {
      await connections.replaceToken(connectionId, token, deadline())
      await watcher.watch(connectionId).reopen()
    },
    removeConnection: async ({ connectionId }) => {
      const { kind } = watcher.watch(connectionId).connection
      await desk.close()
      watcher.remove(connectionId)
      await connections.remove(connectionId)
      if (kind === 'sandbox') parts.stopSandbox()
    },
    startSandbox: () => parts.startSandbox(),
    addDomain: async ({ connectionId, accountId, address, parked, hostDmarc, hostMtaSts, mx }) => {
      const name = parseDomainName(address)
      if (!name.ok) throw new ProblemError('refused', name.finding.message)
      const mtaSts = hostMtaSts ? { mode: 'testing', mx, days: 7 } : undefined
      const input = { address: name.ascii, parked, ...(mtaSts ? { mtaSts } : {}) }
      const hosting = { ...(hostDmarc ? { hostedDmarc: true } : {}), ...(hostMtaSts ? { hostedMtaSts: true } : {}) }
      const isHosted = hostDmarc || hostMtaSts
      const { key } = await watcher.watch(connectionId).create(accountId, input, isHosted ? hosting : undefined)
      if (isHosted) lookAt(key)
      return { key }
    },
    setHosting: async ({ key, dmarc, mtaSts }) => {
      await update(key, {
        ...(dmarc === undefined ? {} : { hostedDmarc: dmarc }),
        ...(mtaSts === undefined ? {} : { hostedMtaSts: mtaSts }),
      })
      lookAt(key)
    },
    saveDmarcPolicy: ({ key, record }) => update(key, { dmarcRecord: record }),
    saveMtaStsPolicy: ({ key, policy }) => update(key, { mtaSts: policy }),
    startApply: ({ keys }) => desk.start(keys.map((key) => watcher.domain(key))),
    accessMethods: () => accessMethods,
    giveCredentials: ({ zone, method, values }) => desk.giveCredentials(zone, { method, values }),
    lookAtCredentials: () => drawer.look(),
    replaceCredentials: ({ zone, method, values }) => drawer.replace(zone, { method, values }),
    removeCredentials: async ({ zone }) => {
      // A job has its way into the zones in hand; what was removed must not write any more.
      await desk.end()
      await drawer.remove(zone)
    },
    pasteByHand: ({ zone }) => desk.pasteByHand(zone),
    // Writing and verifying take their time; the page follows the job in the state.
    confirmApply: ({ choices }) => void desk.confirm(choices).catch(parts.onFailure),
    undoApply: () => desk.undo(),
    recheckApply: () => desk.recheck(),
    closeApply: () => desk.close(),
    openDomainConnect: async ({ key }) => {
      const link = desk.domainConnect(key)
      if (!link) throw new ProblemError('unsupported', 'This DNS service does not offer Domain Connect.')
      await parts.openLink(link)
    },
    openInBrowser: async ({ key, what }) => {
      await parts.openLink(linkOf(watcher.domain(key), what, watcher))
    },
    openHelp: ({ topic }) => parts.openLink(helpPages[topic]),
    copyText: ({ text }) => parts.copyText(text),
    setPreferences: (preferences) => parts.setPreferences(preferences),
    lookForUpdates: () => parts.updates.look(),
    installUpdate: () => parts.updates.install(),
    showLog: () => parts.showLog(),
    hideWindow: () => parts.hideWindow(),
  }
}

function linkOf(domain: DomainSummary, what: 'service' | 'policy-file', watcher: Watcher): string {
  if (what === 'policy-file') return `https://mta-sts.${domain.address}/.well-known/mta-sts.txt`
  const page = watcher.watch(domain.connectionId).webPage(domain)
  if (!page) throw new ProblemError('unsupported', 'This service has no web page to open.')
  return page
}
