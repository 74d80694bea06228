/** Lower-case (ASCII only: DNS folds no other letters, RFC 4343) and without the final dot. */
export function normaliseName(name: string): string {
  const bare = name.endsWith('.') && !name.endsWith('\\.') ? name.slice(0, -1) : name
  return /[A-Z]/.test(bare) ? bare.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : bare
}

export function sameName(a: string, b: string): boolean {
  return normaliseName(a) === normaliseName(b)
}

/** `parentName('_dmarc.example.com')` is `example.com`; the parent of a top-level name is the root, ''. */
export function parentName(name: string): string {
  const dot = name.indexOf('.')
  return dot === -1 ? '' : name.slice(dot + 1)
}

/** Whether `name` is `zone` itself or lies beneath it. The root ('' or '.') holds every name. */
export function isWithin(name: string, zone: string): boolean {
  const child = normaliseName(name)
  const parent = normaliseName(zone)
  return parent === '' || child === parent || child.endsWith(`.${parent}`)
}

/** The part of a name that goes into the host field of its zone's panel: `@` for the zone itself. */
export function relativeName(name: string, zone: string): string {
  const full = normaliseName(name)
  const parent = normaliseName(zone)
  if (full === parent) return '@'
  if (parent === '' || !full.endsWith(`.${parent}`)) return full
  return full.slice(0, -parent.length - 1)
}

/** Whether a name can be asked for as it stands: lower-case, without a final dot, every label plain and short enough. */
export function isPlainName(name: string): boolean {
  return plainName.test(name)
}

const plainName = /^(?=.{1,253}$)[a-z0-9_*/-]{1,63}(\.[a-z0-9_*/-]{1,63})*$/

/** Why this package cannot ask for a name, or undefined when it can. Only plain names are asked: no escapes. */
export function nameProblem(name: string): string | undefined {
  const bare = normaliseName(name)
  if (bare === '' || plainName.test(bare)) return undefined
  if (bare.length > 253) return `it has ${bare.length} characters, and a DNS name has at most 253`
  for (const label of bare.split('.')) {
    if (label === '') return 'it has an empty label'
    if (label.length > 63) return `its label "${label.slice(0, 20)}..." has ${label.length} characters, at most 63 fit`
    if (!/^[a-z0-9_*/-]+$/.test(label))
      return `its label "${label}" has a character that is no letter, digit, "-" or "_"`
  }
  return undefined
}
