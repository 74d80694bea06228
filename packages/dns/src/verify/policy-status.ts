import { parseMtaStsPolicy } from '@dmarc-as-code/records'
import type { PolicyAnswer } from './policy-fetch.ts'
import type { PolicyFileReason, PolicyFileVerdict } from './types.ts'

/** A policy file as it should be served. */
export interface StoredPolicy {
  text: string
  /** The id its TXT carries. */
  id: string
  /** When a certificate was ordered, ISO 8601. For 30 minutes after that a failing connection is `pending`. */
  certificateOrderedAt?: string
}

export interface PolicyEvidence {
  domain: string
  /** Undefined while no policy exists. */
  policy: StoredPolicy | undefined
  cnameVerified: boolean
  /** Undefined when the file was not fetched. */
  answer: PolicyAnswer | undefined
  /** The id that the TXT is served with; undefined when it is not known. */
  servedId?: string | undefined
  /** Why the domain's CAA records forbid the certificate; undefined when they do not. */
  caaBlocks?: string | undefined
  /** ISO 8601. */
  at: string
}

/** Milliseconds that a certificate order may take before a failing connection counts. */
const certificateGrace = 30 * 60 * 1000

const certificateReasons: PolicyFileReason[] = ['connect', 'tls-name', 'tls-expired', 'tls-untrusted']

/** The state of the policy file, from evidence alone. */
export function judgePolicyFile(evidence: PolicyEvidence): PolicyFileVerdict {
  const { domain, policy, answer, at } = evidence
  const url = policyUrl(domain)
  const address = answer?.address === undefined ? {} : { address: answer.address }
  const httpStatus = answer?.ok ? { httpStatus: answer.status } : {}
  const base = { url, at, ...(policy && { policyId: policy.id }), ...address, ...httpStatus }
  const pending = (reason: NonNullable<PolicyFileVerdict['reason']>, message: string, fix = ''): PolicyFileVerdict => ({
    ...base,
    status: 'pending',
    reason,
    message,
    fix,
  })
  const unreachable = (reason: PolicyFileReason, message: string, fix: string): PolicyFileVerdict => ({
    ...base,
    status: 'unreachable',
    reason,
    message,
    fix,
  })
  if (!policy) return pending('not-created', 'There is no policy yet.')
  if (!evidence.cnameVerified) {
    return pending('cname-not-verified', `The file is looked at once the CNAME at mta-sts.${domain} is verified.`)
  }
  if (!answer) return pending('cname-not-verified', 'The file has not been looked at.')
  if (!answer.ok) {
    if (answer.reason === 'unknown') return pending('unknown', answer.message, 'The check is repeated.')
    if (evidence.caaBlocks && certificateReasons.includes(answer.reason)) {
      return unreachable(
        'caa-blocks',
        `Could not obtain a certificate for mta-sts.${domain}: ${evidence.caaBlocks}`,
        `Add a CAA record at mta-sts.${domain} or ${domain} that allows the certificate authority, or remove those that forbid it.`,
      )
    }
    if (underWay(policy, at) && certificateReasons.includes(answer.reason)) {
      return pending('certificate-pending', `The certificate for mta-sts.${domain} is on its way.`)
    }
    return unreachable(answer.reason, answer.message, hostFix)
  }
  const { status, contentType, body } = answer
  if (status >= 300 && status < 400) {
    const where = answer.location === undefined ? '' : ` to ${answer.location}`
    return unreachable('redirect', `${url} redirects${where}; senders do not follow (RFC 8461 section 3.3).`, hostFix)
  }
  if (status !== 200) return unreachable('status', `${url} answered with HTTP status ${status}, expected 200.`, hostFix)
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== 'text/plain') {
    const found = mediaType ? `as ${mediaType}` : 'without a media type'
    return unreachable('media-type', `${url} is served ${found}, expected text/plain.`, hostFix)
  }
  const parsed = parseMtaStsPolicy(body)
  if (!parsed.ok) {
    const [first] = parsed.errors
    return unreachable('invalid-policy', `${url} is no valid policy: ${first?.message ?? 'it cannot be read'}`, hostFix)
  }
  if (lines(body) !== lines(policy.text)) {
    return unreachable('wrong-policy', `${url} serves another policy than the stored one.`, hostFix)
  }
  if (evidence.servedId !== undefined && evidence.servedId !== policy.id) {
    return unreachable(
      'id-mismatch',
      `The TXT at _mta-sts.${domain} carries the id ${evidence.servedId}, expected ${policy.id}, so senders keep an earlier policy.`,
      hostFix,
    )
  }
  return { ...base, status: 'active', message: `${url} serves the policy.`, fix: '' }
}

const hostFix = 'The operator of the policy host must fix this. No action is needed at the domain.'

function underWay({ certificateOrderedAt }: StoredPolicy, at: string): boolean {
  return certificateOrderedAt !== undefined && Date.parse(at) - Date.parse(certificateOrderedAt) < certificateGrace
}

/** Line ends may be CRLF or LF (RFC 8461 section 3.2); the last one may be missing. */
function lines(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd()
}

const policyUrl = (domain: string): string => `https://mta-sts.${domain}/.well-known/mta-sts.txt`
