/** Limits of the DNS (RFC 1035 2.3.4): a label, and a whole name written without its final dot. */
export const longestLabel = 63
/** The longest domain name without its final dot, in characters (RFC 1035 2.3.4). */
export const longestName = 253

export type LabelFault = 'empty' | 'long' | 'hyphen' | 'characters'

/** What keeps a lower-case ASCII label from being part of a host name (RFC 1123 2.1), or undefined. */
export function labelFault(label: string): LabelFault | undefined {
  if (label === '') return 'empty'
  if (!/^[a-z0-9-]+$/.test(label)) return 'characters'
  if (label.length > longestLabel) return 'long'
  if (label.startsWith('-') || label.endsWith('-')) return 'hyphen'
  return undefined
}

/** True for a lower-case ASCII host name within the DNS limits, without a final dot. One label is enough. */
export function isHostName(name: string): boolean {
  return (
    typeof name === 'string' &&
    name.length <= longestName &&
    !looksLikeAddress(name) &&
    name.split('.').every((label) => !labelFault(label))
  )
}

/** True for dotted numbers (IPv4 in any of the forms URL readers accept), bracketed or bare IPv6. */
export function looksLikeAddress(name: string): boolean {
  // A last label that is a number makes every URL reader take the whole for IPv4 (WHATWG URL 3.5), and no
  // top-level domain is all digits.
  return /(^|\.)(\d+|0x[0-9a-f]*)\.?$/i.test(name) || /^\[.*\]$/.test(name) || looksLikeIpv6(name)
}

function looksLikeIpv6(name: string): boolean {
  return name.indexOf(':') !== name.lastIndexOf(':') && /^[0-9a-f:.%]+$/i.test(name)
}
