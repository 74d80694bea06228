import { parseMtaStsPolicy } from '@dmarc-as-code/records'
import { reasonText } from '@dmarc-as-code/records/reasons'
import type { PolicyAnswer } from './policy-fetch.ts'
import type { PolicyFileReason, PolicyFileStatus, PolicyFileVerdict } from './types.ts'

/** A policy file as it should be served. */
export interface StoredPolicy {
  text: string
  /** The id its TXT carries. */
  id: string
  /** When a certificate was ordered, ISO 8601. For 30 minutes after that a failing connection is `pending`. */
  certificateOrderedAt?: string
}

/** An order for the certificate of a policy host that has not succeeded yet. */
export interface CertificateOrder {
  /** Why the last attempt failed, as a sentence in the words of the certificate authority; undefined before it has. */
  failure?: string
  /** When the next attempt is made, ISO 8601; undefined while one is under way, or its turn is not known. */
  nextAttemptAt?: string
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
  /** The order for the certificate; undefined where there is a certificate, or nothing is known of an order. */
  certificateOrder?: CertificateOrder | undefined
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
  const judged = (status: PolicyFileStatus, reason: PolicyFileReason, found?: string): PolicyFileVerdict => {
    const { explanation, fix } = reasonText('policy_file', reason, { name: `mta-sts.${domain}`, found })
    return { ...base, status, reason, message: explanation, fix }
  }
  const pending = (reason: PolicyFileReason) => judged('pending', reason)
  const unreachable = (reason: PolicyFileReason, found?: string) => judged('unreachable', reason, found)
  if (!policy) return pending('not-created')
  if (!evidence.cnameVerified || !answer) return { ...pending('cname-not-verified'), fix: '' }
  if (!answer.ok) {
    // What went wrong at which address is more than the catalogue can say.
    if (answer.reason === 'unknown') return { ...pending('unknown'), message: answer.message }
    if (evidence.caaBlocks && certificateReasons.includes(answer.reason)) {
      return unreachable('caa-blocks', evidence.caaBlocks)
    }
    if (certificateReasons.includes(answer.reason)) {
      const order = evidence.certificateOrder
      // An order that the authority refused is no longer just a matter of time after the grace.
      if (underWay(policy, at) || (order && order.failure === undefined)) {
        return { ...pending('certificate-pending'), ...detailOf(order) }
      }
      if (order) return { ...unreachable('certificate-pending'), ...detailOf(order) }
    }
    return { ...unreachable(answer.reason), message: answer.message }
  }
  const { status, contentType, body } = answer
  if (status >= 300 && status < 400) {
    return unreachable('redirect', answer.location)
  }
  if (status !== 200) return unreachable('status', String(status))
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== 'text/plain') {
    return unreachable('media-type', mediaType)
  }
  const parsed = parseMtaStsPolicy(body)
  if (!parsed.ok) {
    const [first] = parsed.errors
    return unreachable('invalid-policy', first?.message)
  }
  if (lines(body) !== lines(policy.text)) {
    return unreachable('wrong-policy')
  }
  if (evidence.servedId !== undefined && evidence.servedId !== policy.id) {
    return unreachable('id-mismatch', `${evidence.servedId} (expected ${policy.id})`)
  }
  return { ...base, status: 'active', message: `${url} serves the policy.`, fix: '' }
}

/** The words of the authority and the time of the next attempt. */
function detailOf({ failure, nextAttemptAt }: CertificateOrder = {}): { detail?: string } {
  const next = nextAttemptAt === undefined ? undefined : `The next attempt is at ${nextAttemptAt}.`
  const detail = [failure, next].filter((words) => words !== undefined).join(' ')
  return detail === '' ? {} : { detail }
}

function underWay({ certificateOrderedAt }: StoredPolicy, at: string): boolean {
  return certificateOrderedAt !== undefined && Date.parse(at) - Date.parse(certificateOrderedAt) < certificateGrace
}

/** Line ends may be CRLF or LF (RFC 8461 section 3.2); the last one may be missing. */
function lines(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd()
}

const policyUrl = (domain: string): string => `https://mta-sts.${domain}/.well-known/mta-sts.txt`
