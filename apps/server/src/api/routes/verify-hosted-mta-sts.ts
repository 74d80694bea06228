import type { VerifiableRecord, WireMtaStsVerification } from '@dmarc-as-code/client/contract'
import type { CnameVerdict, TxtVerdict } from '@dmarc-as-code/dns/verify'
import { overallStatus } from '@dmarc-as-code/records'
import type { VerificationReport } from '../../verification/verification-report.ts'
import { cnameCheck, policyFileCheck, txtCheck } from '../checks.ts'
import { lookAtHosting } from '../look-at-hosting.ts'
import { route } from '../route.ts'

export const verifyHostedMtaSts = route('verifyHostedMtaSts', {
  privilege: 'verify',
  description:
    'Queries DNS, authoritative servers first, at most once every ten seconds for a domain. `record` in the query or the body selects a part, and `overall_status` is then the status of that part. When all CNAMEs are verified and the policy file is unreachable, the operator of this server must fix it (`pending`), unless a CAA record of the domain forbids the certificate (`action_required`).',
  async handle(request, context) {
    const look = await lookAtHosting('mta_sts', request, context)
    const { query, body } = request
    return answerOf(look, query.record ?? body?.record ?? 'all')
  },
})

function answerOf(look: VerificationReport, record: VerifiableRecord): WireMtaStsVerification {
  const { cnames, txts, policyFile } = look
  const { mta_sts_policy: policy, mta_sts_id: id, tls_rpt: tlsRpt } = cnames
  if (!policy || !id || !tlsRpt || !txts.mta_sts_id || !txts.tls_rpt || !policyFile) {
    throw new Error('a verification of hosted MTA-STS lacks the result of a record')
  }
  const parts = {
    policy: {
      overall: overallStatus({ cnames: [policy.status], policyFile }),
      records: {
        policy_cname: { cname_status: policy.status, cname: cnameCheck(policy) },
        policy_file: policyFileCheck(policyFile),
      },
    },
    mta_sts: pair('mta_sts_record', id, txts.mta_sts_id),
    tls_rpt: pair('tls_rpt_record', tlsRpt, txts.tls_rpt),
  }
  if (record !== 'all') return { overall_status: parts[record].overall, records: parts[record].records }
  const records = { ...parts.policy.records, ...parts.mta_sts.records, ...parts.tls_rpt.records }
  return { overall_status: look.overall, records }
}

function pair<Name extends 'mta_sts_record' | 'tls_rpt_record'>(name: Name, cname: CnameVerdict, txt: TxtVerdict) {
  const answer = {
    cname_status: cname.status,
    txt_record_status: txt.status,
    cname: cnameCheck(cname),
    txt_record: txtCheck(txt),
  }
  return {
    overall: overallStatus({ cnames: [cname.status], txts: [txt.status] }),
    records: { [name]: answer } as Record<Name, typeof answer>,
  }
}
