import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/**
 * A release is described by a small YAML file (version, files, SHA-512 of each). Its last line is a comment with an
 * Ed25519 signature over everything above, so that description and signature are published, cached and fetched as one.
 */
const mark = '# ed25519 '
const expiryLine = /^expires: .*\n?/m
const lastLine = /^# ed25519 (\S+)\n?$/

/** Not a network failure: the offered release was not made by the publisher of this app. */
export class UpdateRefused extends Error {
  override readonly name = 'UpdateRefused'
}

/**
 * The description with its expiry and signature; older ones are replaced. After the expiry nobody accepts it any more, so
 * that a server cannot offer an old release, and its known faults, for ever.
 */
export function signDescription(text: string, key: KeyObject, expires: Date): string {
  const body = `${split(text).described.replace(expiryLine, '').trimEnd()}\nexpires: '${expires.toISOString()}'\n`
  return `${body}${mark}${sign(null, Buffer.from(body), key).toString('base64')}\n`
}

/** The described part of a signed description. Throws `UpdateRefused` unless the key's owner signed exactly this. */
export function openDescription(text: string, key: KeyObject): string {
  const { described, signature } = split(text)
  if (signature === undefined) throw new UpdateRefused('The description of the newest release is not signed.')
  if (!verify(null, Buffer.from(described), key, Buffer.from(signature, 'base64'))) {
    throw new UpdateRefused(
      'The signature of the newest release is not valid: the description was modified, or signed with a key other than the one built into this app.',
    )
  }
  return described
}

/** Reads a public key in PEM. Only Ed25519, so that no weaker key slips in. */
export function readPublicKey(pem: string): KeyObject {
  const key = createPublicKey(pem)
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error(`the key of updates must be an Ed25519 key, found ${key.asymmetricKeyType}`)
  return key
}

function split(text: string): { described: string; signature?: string } {
  const start = text.lastIndexOf(`\n${mark}`) + 1
  const signature = start > 0 ? lastLine.exec(text.slice(start))?.[1] : undefined
  return signature === undefined ? { described: text } : { described: text.slice(0, start), signature }
}
