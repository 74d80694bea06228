import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Encrypts what lies in the store, with a key that does not. */
export interface Sealer {
  /** `context` says what the text is; it must be the same when the text is opened. */
  seal: (text: string, context: string) => string
  /** @throws {SealError} when none of the keys opens it, or it was changed */
  open: (sealed: string, context: string) => string
}

/** What is sealed in the store cannot be opened. */
export class SealError extends Error {
  override name = 'SealError'
}

/** Bytes of a key. */
export const sealKeyBytes = 32

/** AES-256-GCM. The first key seals; all of them open, so that a key can be replaced. */
export function sealer(keys: readonly Buffer[]): Sealer {
  const known = new Map(keys.map((key) => [idOf(key), key]))
  const [first] = keys
  if (!first) throw new Error('Pass at least one key.')
  return {
    seal(text, context) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', first, iv).setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return ['v1', idOf(first), ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64'))].join('.')
    },
    open(sealed, context) {
      const [version, id = '', ...parts] = sealed.split('.')
      const [iv, text, tag] = parts.map((part) => Buffer.from(part, 'base64'))
      if (version !== 'v1' || !iv || !text || !tag) throw new SealError('A secret in the store has an unknown form.')
      const key = known.get(id)
      if (!key) {
        throw new SealError(
          `The secrets in the store are encrypted with the key ${id}, and this process has ${[...known.keys()].join(', ')}. ` +
            'Set policyHost.certificates.storeKey or .storeKeyFile to the key of the other processes, or of the time of the backup.',
        )
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
        decipher.setAAD(Buffer.from(context)).setAuthTag(tag)
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new SealError(`The secret of ${context} in the store was changed or cut.`, { cause })
      }
    },
  }
}

/** Names a key without telling anything of it. */
const idOf = (key: Buffer): string => createHash('sha256').update('store key').update(key).digest('hex').slice(0, 12)
