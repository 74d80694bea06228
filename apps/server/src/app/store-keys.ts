import { randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sealer, sealKeyBytes } from '../certificates/index.ts'
import { writeSecretFile } from '../certificates/secret-file.ts'
import { type Config, ConfigError } from '../config/load-config.ts'
import { readSettingsFile } from '../config/read-settings-file.ts'
import { type WebhookSecrets, webhookSecrets } from '../notices/webhook-secrets.ts'

export interface StoreKeySettings {
  folder?: string | undefined
  storeKey?: string | undefined
  storeKeyFile?: string | undefined
}

const setting = 'policyHost.certificates.storeKey'

/**
 * The keys that the secrets in the store are sealed with: of the configuration, else of a file in `folder`, which is made at the
 * first start. @throws {ConfigError}
 */
export async function readStoreKeys({ folder, storeKey, storeKeyFile }: StoreKeySettings): Promise<Buffer[]> {
  if (storeKey !== undefined) return parseKeys(storeKey, setting)
  if (storeKeyFile !== undefined) {
    return parseKeys(await readSettingsFile(storeKeyFile, `${setting}File`), `${setting}File`)
  }
  if (folder === undefined)
    throw fault(setting, 'is missing. Set storeKey, storeKeyFile, or folder, where a key is made.')
  const path = join(folder, 'store.key')
  const made = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (made !== undefined) return parseKeys(made, path)
  const key = randomBytes(sealKeyBytes)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeSecretFile(path, `${key.toString('base64')}\n`)
  return [key]
}

/**
 * How this process keeps the secrets of webhooks: sealed where the configuration has a key that all processes share. A folder is
 * shared by the processes only where ACME keeps the key in it. @throws {ConfigError}
 */
export async function configuredWebhookSecrets({ policyHost: { certificates } }: Config): Promise<WebhookSecrets> {
  const { source, storeKey, storeKeyFile } = certificates
  const hasKey = source === 'acme' || storeKey !== undefined || storeKeyFile !== undefined
  return webhookSecrets(hasKey ? sealer(await readStoreKeys(certificates)) : undefined)
}

/** The text is not quoted: it is secret. */
function parseKeys(text: string, where: string): Buffer[] {
  const keys = text
    .split(/[\s,]+/)
    .filter((each) => each !== '')
    .map((each) => Buffer.from(each, 'base64'))
  if (keys.length > 0 && keys.every(({ length }) => length === sealKeyBytes)) return keys
  throw fault(where, `expected keys of ${sealKeyBytes} bytes in base64, as from: openssl rand -base64 ${sealKeyBytes}`)
}

const fault = (where: string, message: string) => new ConfigError('certificates', [`${where}: ${message}`])
