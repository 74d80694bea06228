/** TLS failures in words, by the codes of Chromium (`net::ERR_…`) and of Node. */
const texts: readonly (readonly [pattern: RegExp, text: string])[] = [
  [
    /ERR_CERT_AUTHORITY_INVALID|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|self-signed certificate|unable to verify the first certificate/i,
    'Its certificate is not signed by an authority that this computer trusts.',
  ],
  [
    /ERR_CERT_DATE_INVALID|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|certificate has expired/i,
    'Its certificate has expired, or the clock of this computer is wrong.',
  ],
  [/ERR_CERT_COMMON_NAME_INVALID|ERR_TLS_CERT_ALTNAME_INVALID|altnames/i, 'Its certificate is for another host name.'],
  [/ERR_CERT_REVOKED|CERT_REVOKED/i, 'Its certificate was revoked.'],
  [/ERR_CERT_|CERT_/i, 'Its certificate is not valid.'],
  [
    /ERR_SSL_|EPROTO|SSL routines/i,
    'No secure connection could be negotiated. The address may belong to a plain http server.',
  ],
]

/** Why a TLS connection failed; undefined when something else did. */
export function tlsProblemText(error: unknown): string | undefined {
  for (let current: unknown = error, depth = 0; current !== undefined && depth < 6; depth++) {
    const { message = '', code = '', cause } = (current ?? {}) as { message?: string; code?: unknown; cause?: unknown }
    const found = texts.find(([pattern]) => pattern.test(`${String(code)} ${message}`))
    if (found) return found[1]
    current = cause
  }
  return undefined
}
