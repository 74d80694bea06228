import type { PeerCertificate } from 'node:tls'
import { sameName } from '../wire/names.ts'

const serverAuthentication = '1.3.6.1.5.5.7.3.1'
const anyUsage = '2.5.29.37.0'

/**
 * Why a certificate does not prove that a server is `host`, or undefined when it does (RFC 8461 section 3.3, RFC 9525): a
 * DNS-ID must match, a common name never counts, a wildcard stands for the whole left-most label, and an extended key
 * usage must allow server authentication. Node accepts partial wildcards such as `mta*.example.com`; senders need not.
 */
export function identityProblem(host: string, certificate: PeerCertificate): Error | undefined {
  const names = dnsNames(certificate.subjectaltname ?? '')
  if (!names.some((name) => matches(name, host))) {
    const found = names.length === 0 ? 'it has no DNS name' : `it is for ${names.join(', ')}`
    return problem('ERR_TLS_CERT_ALTNAME_INVALID', found)
  }
  // What Node calls `ext_key_usage` are the object identifiers of the extended key usage.
  const usages = certificate.ext_key_usage
  if (usages && !usages.includes(serverAuthentication) && !usages.includes(anyUsage)) {
    return problem('INVALID_PURPOSE', 'its extended key usage does not include server authentication')
  }
  return undefined
}

function matches(name: string, host: string): boolean {
  // Names in certificates have no final dot (RFC 5280 section 4.2.1.6); OpenSSL and Go reject one.
  if (name.endsWith('.')) return false
  if (!name.startsWith('*.')) return !name.includes('*') && sameName(name, host)
  const suffix = name.slice(2)
  const [, ...rest] = host.split('.')
  return !suffix.includes('*') && suffix.includes('.') && sameName(suffix, rest.join('.'))
}

/** `DNS:a.test, DNS:"odd, name", IP Address:192.0.2.1` -> `a.test`, `odd, name`. */
function dnsNames(text: string): string[] {
  const entries = text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []
  return entries.flatMap((entry) => {
    const [, value] = /^\s*DNS:(.*)$/.exec(entry) ?? []
    return value === undefined ? [] : [value.startsWith('"') ? value.slice(1, -1) : value]
  })
}

const problem = (code: string, message: string) => Object.assign(new Error(message), { code })
