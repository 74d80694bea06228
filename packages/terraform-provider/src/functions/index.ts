import { dmarcRecord } from './dmarc-record.ts'
import { mtaStsPolicy } from './mta-sts-policy.ts'
import { parseDmarcRecord } from './parse-dmarc-record.ts'
import { parseMtaStsPolicy } from './parse-mta-sts-policy.ts'

/** By the name after `provider::dmarcreport::`. */
export const functions = {
  dmarc_record: dmarcRecord,
  parse_dmarc_record: parseDmarcRecord,
  mta_sts_policy: mtaStsPolicy,
  parse_mta_sts_policy: parseMtaStsPolicy,
}
