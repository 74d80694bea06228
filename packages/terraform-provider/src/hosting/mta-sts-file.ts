import { formatMtaStsPolicy, hostedMtaStsPolicy, parseMtaStsPolicy, takeOverMtaSts } from '@dmarc-as-code/records'
import { hosts, type MtaStsSettings } from './mta-sts-state.ts'

/** The policy file of these settings. Throws RecordError where they make none. */
export function policyFile({ mode, mx, max_age_days: mxAgeDays }: MtaStsSettings): string {
  return formatMtaStsPolicy(hostedMtaStsPolicy({ mode, mx: mx ?? [], mxAgeDays }))
}

/** What a policy file says, as it can be hosted: its maximum age in whole days. */
export function settingsOfFile(text: string): MtaStsSettings {
  const { policy } = takeOverMtaSts(parseMtaStsPolicy(text).tags)
  const mx = hosts(policy.mx)
  return { mode: policy.mode, mx: mx.length > 0 ? mx : null, max_age_days: policy.mx_age }
}
