import type { OverallStatus, VerifiableRecord } from '../enumerations.ts'
import type { CnameCheck, PolicyFileCheck, RecordCheck, TxtCheck } from './check.ts'
import { asObject, text } from './json.ts'
import { overallOf, readCheck } from './record-check.ts'

/** What a look at hosted DMARC found. */
export interface DmarcVerification {
  /** `ready`, `action_required`, or what else the server says. */
  overall_status: OverallStatus
  /** The customer's CNAME. */
  cname?: CnameCheck
  /** The DMARC record behind it. */
  txt_record?: TxtCheck
  /** The same parts as a list. */
  checks: RecordCheck[]
}

/** A CNAME with the TXT record behind it. */
export interface CnameAndTxtCheck {
  /** The customer's CNAME. */
  cname?: CnameCheck
  /** The record behind it. */
  txt_record?: TxtCheck
}

/** What a look at hosted MTA-STS and TLS-RPT found. */
export interface MtaStsVerification {
  /** `ready`, `action_required`, or what else the server says. */
  overall_status: OverallStatus
  /** With `record` set to one kind, the others may be missing. */
  records: {
    policy_cname?: CnameCheck
    mta_sts_record?: CnameAndTxtCheck
    tls_rpt_record?: CnameAndTxtCheck
    policy_file?: PolicyFileCheck
  }
  /** The same parts as a list. */
  checks: RecordCheck[]
}

/** Undefined when the answer is no verification. */
export function readDmarcVerification(value: unknown): DmarcVerification | undefined {
  const raw = bare(value)
  const cname: CnameCheck | undefined = readCheck('dmarc', 'cname', raw?.cname, raw?.cname_status)
  const txt: TxtCheck | undefined = readCheck('dmarc', 'txt', raw?.txt_record, raw?.txt_record_status)
  const checks = [cname, txt].filter((check) => check !== undefined)
  const overall = text(raw?.overall_status) ?? (checks.length > 0 ? overallOf(checks, 2) : undefined)
  if (!raw || overall === undefined) return undefined
  return { overall_status: overall, ...(cname && { cname }), ...(txt && { txt_record: txt }), checks }
}

/**
 * Undefined when the answer is no verification.
 *
 * @param record what was asked for: each of the three has two parts
 */
export function readMtaStsVerification(value: unknown, record?: VerifiableRecord): MtaStsVerification | undefined {
  const raw = bare(value)
  const records = asObject(raw?.records) ?? raw
  const policyCname = readPolicyCname(records?.policy_cname)
  const policyFile: PolicyFileCheck | undefined = readCheck('mta_sts_policy', 'policy_file', records?.policy_file)
  const mtaSts = readCnameAndTxt('mta_sts_id', records?.mta_sts_record)
  const tlsRpt = readCnameAndTxt('tls_rpt', records?.tls_rpt_record)
  const checks = [policyCname, mtaSts?.cname, mtaSts?.txt_record, tlsRpt?.cname, tlsRpt?.txt_record, policyFile].filter(
    (check) => check !== undefined,
  )
  const overall =
    text(raw?.overall_status) ??
    (checks.length > 0 ? overallOf(checks, (record ?? 'all') === 'all' ? 6 : 2) : undefined)
  if (!raw || overall === undefined) return undefined
  return {
    overall_status: overall,
    records: {
      ...(policyCname && { policy_cname: policyCname }),
      ...(mtaSts && { mta_sts_record: mtaSts }),
      ...(tlsRpt && { tls_rpt_record: tlsRpt }),
      ...(policyFile && { policy_file: policyFile }),
    },
    checks,
  }
}

function readPolicyCname(value: unknown): CnameCheck | undefined {
  const object = asObject(value)
  return readCheck('mta_sts_policy', 'cname', object?.cname ?? value, object?.cname_status)
}

/** `{cname_status, txt_record_status}`, with the evidence beside it or not; a bare word can only mean the CNAME. */
function readCnameAndTxt(kind: 'mta_sts_id' | 'tls_rpt', value: unknown): CnameAndTxtCheck | undefined {
  const object = asObject(value)
  const cname: CnameCheck | undefined = readCheck(kind, 'cname', object ? object.cname : value, object?.cname_status)
  const txt: TxtCheck | undefined = readCheck(kind, 'txt', object?.txt_record, object?.txt_record_status)
  return cname || txt ? { ...(cname && { cname }), ...(txt && { txt_record: txt }) } : undefined
}

const keys = ['overall_status', 'cname', 'cname_status', 'txt_record', 'records', 'policy_cname', 'mta_sts_record']

function bare(value: unknown) {
  const top = asObject(value)
  if (!top || keys.some((key) => key in top)) return top
  return Object.values(top)
    .map(asObject)
    .find((inner) => inner && keys.some((key) => key in inner))
}
