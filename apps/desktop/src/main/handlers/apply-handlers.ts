import type { applyRequests, credentialRequests } from '../../shared/contract/apply-requests.ts'
import { ProblemError } from '../../shared/problems.ts'
import { accessMethods } from '../dns/methods.ts'
import type { Handlers } from '../ipc/router.ts'
import type { Services } from '../services.ts'

export function applyHandlers({
  applyService,
  watcher,
  openLink,
  log,
}: Pick<Services, 'applyService' | 'watcher' | 'openLink' | 'log'>): Handlers<keyof typeof applyRequests> {
  return {
    startApply: ({ keys }) => applyService.start(keys.map((key) => watcher.domain(key))),
    giveCredentials: ({ zone, method, values }) => applyService.giveCredentials(zone, { method, values }),
    addManually: ({ zone }) => applyService.addManually(zone),
    // Writing and verifying take their time; the page follows the job in the state.
    confirmApply: (decisions) =>
      void applyService.confirm(decisions).catch((error: unknown) => log.write('applying failed', error)),
    undoApply: ({ reason }) => applyService.undo(reason),
    recheckApply: () => applyService.recheck(),
    closeApply: () => applyService.close(),
    openDomainConnect: async ({ key }) => {
      const link = applyService.domainConnect(key)
      if (!link) throw new ProblemError('unsupported', 'This DNS service does not offer Domain Connect.')
      await openLink(link)
    },
  }
}

export function credentialHandlers({
  applyService,
  credentialSettings,
}: Pick<Services, 'applyService' | 'credentialSettings'>): Handlers<keyof typeof credentialRequests> {
  return {
    accessMethods: () => accessMethods,
    readStoredCredentials: () => credentialSettings.read(),
    replaceCredentials: ({ zone, method, values }) => credentialSettings.replace(zone, { method, values }),
    removeCredentials: async ({ zone }) => {
      // An open job holds adapters with these credentials; once removed, they must not write any more.
      await applyService.end()
      await credentialSettings.remove(zone)
    },
  }
}
