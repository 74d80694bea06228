const words: { readonly [code: string]: string } = {
  ECONNREFUSED: 'nothing listens there: ECONNREFUSED',
  ENOTFOUND: 'its name is not in the DNS: ENOTFOUND',
  EAI_AGAIN: 'its name could not be looked up: EAI_AGAIN',
  ETIMEDOUT: 'the connection timed out: ETIMEDOUT',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  EHOSTUNREACH: 'there is no route to it: EHOSTUNREACH',
  ENETUNREACH: 'there is no route to its network: ENETUNREACH',
  ECONNRESET: 'the connection was cut: ECONNRESET',
  UND_ERR_SOCKET: 'the connection was cut',
  CERT_HAS_EXPIRED: 'its TLS certificate has expired',
  CERT_NOT_YET_VALID: 'its TLS certificate is not valid yet; check the clock of this machine',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its TLS certificate is self-signed; name its issuer in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its TLS certificate comes from an issuer this machine does not trust; name that issuer in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its TLS certificate comes from an issuer this machine does not trust; name that issuer in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it does not send the TLS certificate of its issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'it does not speak TLS on this port; does the address begin with http instead of https?',
}

/** Why a server could not be reached, in words. Causes are followed; unknown ones are named by their code or message. */
export function networkReason(error: unknown): string {
  let innermost = error
  for (let depth = 0; depth < 5 && innermost instanceof Error && innermost.cause instanceof Error; depth++) {
    innermost = innermost.cause
  }
  // Several addresses were tried, and each has its reason.
  if (innermost instanceof AggregateError && innermost.errors[0] instanceof Error) innermost = innermost.errors[0]
  const code = (innermost as NodeJS.ErrnoException | undefined)?.code
  if (code !== undefined) return words[code] ?? handshakeWords(innermost as Error, code) ?? code
  return innermost instanceof Error ? innermost.message : String(innermost)
}

/** What a failed TLS handshake says: the alert of the other side, or the reason that OpenSSL gives. */
function handshakeWords(error: Error & { reason?: string }, code: string): string | undefined {
  const alert = /ALERT_([A-Z0-9_]+)$/.exec(code)?.[1] ?? / alert ([a-z0-9 ]+?)(?::|$)/.exec(error.message)?.[1]
  if (alert !== undefined) {
    const name = alert
      .toLowerCase()
      .replaceAll('_', ' ')
      .replace(/^number \d+$/, '')
    return `it ended the TLS handshake with the alert "${name}": ${code}`
  }
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') {
    const reason = error.reason ?? code.replace('ERR_SSL_', '').toLowerCase().replaceAll('_', ' ')
    return `the TLS handshake failed (${reason}): ${code}`
  }
  return undefined
}
