import { dmarcRecord } from './dmarc-record-function.ts'
import { mtaStsPolicy } from './mta-sts-policy-function.ts'
import { parseDmarcRecord } from './parse-dmarc-record-function.ts'
import { parseMtaStsPolicy } from './parse-mta-sts-policy-function.ts'

/** By the name after `provider::dmarcreport::`. */
export const functions = {
  dmarc_record: dmarcRecord,
  parse_dmarc_record: parseDmarcRecord,
  mta_sts_policy: mtaStsPolicy,
  parse_mta_sts_policy: parseMtaStsPolicy,
}
