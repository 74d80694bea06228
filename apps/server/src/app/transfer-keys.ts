import type { TsigKey } from '@dmarc-as-code/dns/rfc2136'
import { ConfigError } from '../config/load-config.ts'
import { readSettingsFile } from '../config/read-settings-file.ts'
import type { Config } from '../config/schema.ts'

type ConfiguredKeys = Config['hostedZone']['transfer']['keys']

/** The keys of secondaries, with the secrets of those that lie in files. @throws {ConfigError} */
export function readTransferKeys(keys: ConfiguredKeys): Promise<TsigKey[]> {
  return Promise.all(
    keys.map(async ({ name, algorithm, secret, secretFile }, index) => {
      const setting = `hostedZone.transfer.keys.${index}.secretFile`
      const text = secret ?? (await readSettingsFile(secretFile ?? '', setting)).trim()
      if (/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return { name, algorithm, secret: text }
      const fault = `${setting}: expected a file with a secret in base64.`
      throw new ConfigError(secretFile ?? 'passed by the caller', [fault])
    }),
  )
}
