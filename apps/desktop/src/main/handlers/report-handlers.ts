import type { reportRequests } from '../../shared/contract/report-requests.ts'
import type { Handlers } from '../ipc/router.ts'
import type { Services } from '../services.ts'

export function reportHandlers({
  watcher,
  evidence,
  saveOriginal,
}: Pick<Services, 'watcher' | 'evidence' | 'saveOriginal'>): Handlers<keyof typeof reportRequests> {
  return {
    getReports: async ({ key }) => {
      const view = await watcher.ask(key, ({ reports }, domain, signal) => reports.read(domain, signal))
      evidence.take(watcher.domain(key), view.levels)
      return view
    },
    getReportDays: ({ key }) => watcher.ask(key, ({ reports }, domain, signal) => reports.days(domain, signal)),
    getEvidence: async ({ key, target }) => {
      const level = await watcher.ask(key, ({ reports }, domain, signal) => reports.level(domain, target, signal))
      evidence.take(watcher.domain(key), [level])
      return level
    },
    answerSource: ({ key, source, kind }) =>
      watcher.ask(key, ({ reports }, domain, signal) => reports.answer(domain, source, kind, signal)),
    presumeRestNotMine: ({ key, presume }) =>
      watcher.ask(key, ({ reports }, domain, signal) => reports.presumeRestNotMine(domain, presume, signal)),
    acceptReport: ({ key, id }) =>
      watcher.ask(key, ({ reports }, domain, signal) => reports.accept(domain, id, signal)),
    saveOriginal: async ({ key, id }) =>
      saveOriginal(await watcher.ask(key, ({ reports }, domain, signal) => reports.original(domain, id, signal))),
  }
}
