import type { WireNoticeTarget } from '@dmarc-as-code/client/contract'
import type { NoticeTarget } from '../store/notices.ts'
import { isoTime } from './iso-time.ts'

/** A target as the API shows it: without its secret. */
export const noticeTargetAnswer = ({
  id,
  channel,
  destination,
  created_at,
  waiting,
}: NoticeTarget & { waiting: number }): WireNoticeTarget => ({
  id,
  channel: channel as WireNoticeTarget['channel'],
  destination,
  waiting,
  created_at: isoTime(created_at),
})
