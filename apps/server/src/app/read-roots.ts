import { readFile } from 'node:fs/promises'
import { ConfigError } from '../config/load-config.ts'

/** PEM certificates of a file. @throws {ConfigError} when the file cannot be read or has no certificate */
export async function readRoots(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '')
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new ConfigError(path, ['policyHost.certificates.roots: expected a readable file with PEM certificates.'])
}
