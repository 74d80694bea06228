import type { CheckPart, RecordCheck } from './record-check.ts'

const good: Readonly<Record<CheckPart, string>> = { cname: 'verified', txt: 'published', policy_file: 'active' }

/** Whether this part is as it should be. */
export const isGood = (check: RecordCheck): boolean => check.status === good[check.part]
