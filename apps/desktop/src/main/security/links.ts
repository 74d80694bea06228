/**
 * The address of a link that may be opened outside, or undefined. Only plain https to a named public host leaves the app;
 * everything else (files, other schemes, credentials in the address, addresses of this network) stays inside.
 */
export function checkedLink(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined
  const { hostname } = url
  const named = hostname.includes('.') && !/^[\d.]+$/.test(hostname) && !hostname.startsWith('[')
  return named && !hostname.endsWith('.localhost') ? url.href : undefined
}
