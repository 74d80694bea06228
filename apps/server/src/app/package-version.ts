import { readFileSync } from 'node:fs'

/** The version of this package; `0.0.0` when its package.json cannot be read. */
export function packageVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
      if (name === '@dmarc-as-code/server') return String(version)
    } catch {
      // Built files are one folder deeper than the sources.
    }
  }
  return '0.0.0'
}
