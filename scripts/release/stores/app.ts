import type { ReleaseFile } from '../checksums.ts'

/** What every shop of apps says of DMARC Watch. */
export const app = {
  /** Flathub allows hyphens in the last part of a name only. */
  id: 'org.dmarc_as_code.Watch',
  name: 'DMARC Watch',
  summary: 'Email authentication status in the tray',
  description: 'Watches the hosted DMARC, MTA-STS and TLS-RPT records of your domains and applies missing CNAMEs.',
  publisher: 'DMARC as Code',
  license: 'MIT',
  homepage: 'https://github.com/dmarc-as-code/dmarc-as-code',
} as const

/** A built file that a shop sends people to. */
export interface Download extends ReleaseFile {
  /** The release's version, without a leading `v`. */
  readonly version: string
}

/** Where the release workflow uploads a file: the assets of a GitHub release have no folders. */
export function urlOf(download: Download): string {
  const asset = download.path.slice(download.path.lastIndexOf('/') + 1).replaceAll(' ', '.')
  return `${app.homepage}/releases/download/v${download.version}/${asset}`
}
