/** The address with its dots as dashes: `abc.com` gives `abc-com`. */
export const domainSlug = (address: string): string => address.replaceAll('.', '-')

/** A title as it can stand in a URL: `Näyte Oy` gives `nayte-oy`; a title without any Latin letter or digit gives `account`. */
export function titleSlug(title: string): string {
  const latin = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return (
    latin
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80) || 'account'
  )
}

/**
 * The wanted slug, or where it is taken the same with a short random suffix. A slug of digits only always gets one: it
 * could not be told from an id.
 */
export async function freeSlug(
  wanted: string,
  isTaken: (slug: string) => Promise<boolean>,
  suffix: () => string,
): Promise<string> {
  if (!/^\d+$/.test(wanted) && !(await isTaken(wanted))) return wanted
  for (let attempt = 0; attempt < 20; attempt++) {
    const slug = `${wanted}-${suffix()}`
    if (!(await isTaken(slug))) return slug
  }
  throw new Error(`No free slug for ${wanted} in 20 tries: the random source repeats itself.`)
}
