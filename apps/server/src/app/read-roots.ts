import { ConfigError } from '../config/load-config.ts'
import { readSettingsFile } from '../config/read-settings-file.ts'

/** PEM certificates of a file. @throws {ConfigError} when the file cannot be read or has no certificate */
export async function readRoots(path: string): Promise<string> {
  const setting = 'policyHost.certificates.roots'
  const text = await readSettingsFile(path, setting)
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new ConfigError(path, [`${setting}: expected a file with PEM certificates.`])
}
