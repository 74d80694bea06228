import { notFound } from '../../../rules/problem.ts'
import { domainOf } from '../../access.ts'
import { route } from '../../route.ts'
import { problemOf } from './problem-answer.ts'

export const getRawReport = route('getRawReport', {
  privilege: 'read',
  description: 'The original as it came in, in Base64. It is kept for 90 days.',
  async handle({ caller, params }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const problem = await problemOf(store.db, domain.id, params.id)
    const mail = await store.db
      .selectFrom('report_mails')
      .select(['raw', 'size', 'sha256', 'from_address'])
      .where('id', '=', problem.mail_id ?? 0)
      .executeTakeFirst()
    if (!mail) throw notFound('original of the problem', params.id)
    const isMail = mail.from_address !== null
    return {
      file_name: `report-${problem.id}.${isMail ? 'eml' : 'bin'}`,
      media_type: isMail ? 'message/rfc822' : 'application/octet-stream',
      size: mail.size,
      sha256: mail.sha256,
      content: mail.raw.toString('base64'),
    }
  },
})
