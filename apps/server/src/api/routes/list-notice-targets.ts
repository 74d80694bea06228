import { waitingTargets } from '../../store/notices.ts'
import { noticeTargetAnswer } from '../notice-target-answer.ts'
import { route } from '../route.ts'

export const listNoticeTargets = route('listNoticeTargets', {
  privilege: 'read',
  allAccounts: 'Reading where notices are sent',
  description: 'Notices are about the domains of the user, in all accounts that the user owns.',
  async handle({ caller }, { store }) {
    return { notice_targets: (await waitingTargets(store.db, caller.userId)).map(noticeTargetAnswer) }
  },
})
