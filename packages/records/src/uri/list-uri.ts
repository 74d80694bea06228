import { toAsciiHost } from '../names/domain-name.ts'
import { encodeListCharacters, readReportUri } from './report-uri.ts'

/** One address as a `rua` list holds it: canonical, no obsolete size, no bare separators, its host in A-labels. */
export function canonicalListUri(uri: string): string {
  const bare = encodeListCharacters(uri.replace(/!\d+[kmgt]?$/i, ''))
  const [, before, host, after = ''] = /^(mailto:[^?@]*@|https?:\/\/(?:[^/?#@]*@)?)([^/?#:@]+)(.*)$/is.exec(bare) ?? []
  const text = before !== undefined && host !== undefined ? `${before}${toAsciiHost(host) ?? host}${after}` : bare
  const read = readReportUri(text)
  return read.wrong === undefined ? read.uri : text
}
