export { relativeName } from '../wire/names.ts'

/** The name without its first label; the root is the empty string. */
export function parentOf(name: string): string {
  const dot = name.search(/(?<!\\)\./)
  return dot < 0 ? '' : name.slice(dot + 1)
}

/** The names whose content decides about a record: its own, those between it and the apex, and all their wildcards. */
export function namesAround(name: string, zone: string): string[] {
  const around = [name]
  for (let owner = parentOf(name); owner !== ''; owner = parentOf(owner)) {
    if (name === zone) break
    around.push(`*.${owner}`)
    if (owner === zone) break
    around.push(owner)
  }
  return around
}
