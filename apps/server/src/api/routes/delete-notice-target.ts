import { notFound } from '../../rules/problem.ts'
import { removeTarget, targetsOfUser } from '../../store/notices.ts'
import { auditedTarget, targetFields } from '../audited.ts'
import { route } from '../route.ts'

export const deleteNoticeTarget = route('deleteNoticeTarget', {
  privilege: 'write',
  allAccounts: 'Changing where notices are sent',
  description: 'Notices that wait for delivery there are dropped.',
  async handle({ caller, params, audit }, { store }) {
    const destination = await store.transaction(async (tx) => {
      const target = (await targetsOfUser(tx, caller.userId)).find(({ id }) => String(id) === params.id)
      if (!target) throw notFound('target of notices', params.id)
      await removeTarget(tx, target.id)
      await audit(tx, { ...auditedTarget(target), before: targetFields(target), after: null })
      return target.destination
    })
    return { message: `No further notices are sent to ${destination}.`, status: 200 as const }
  },
})
