import { canonicalName } from '../rfc2136/name.ts'

/** The name without its first label; the root is the empty string. */
export function parentOf(name: string): string {
  const dot = name.search(/(?<!\\)\./)
  return dot < 0 ? '' : name.slice(dot + 1)
}

/** `_dmarc.example.com` in zone `example.com` is `_dmarc`; the apex is `@`. */
export function relativeName(name: string, zone: string): string {
  if (canonicalName(name) === canonicalName(zone)) return '@'
  return zone === '' ? name : name.slice(0, -zone.length - 1)
}

/** The names whose content decides about a record: its own, those between it and the apex, and their wildcards. */
export function namesAround(name: string, zone: string): string[] {
  const around = [name]
  for (let owner = name; owner !== zone && owner !== ''; ) {
    owner = parentOf(owner)
    around.push(`*.${owner}`, owner)
  }
  return around.filter((candidate) => candidate !== '' && candidate !== '*.')
}
