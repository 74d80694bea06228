/** The address with dashes for dots: `abc-com` for `abc.com`. */
export const domainSlug = (address: string): string => address.replaceAll('.', '-')

/** A title in URL form: `nayte-oy` for `Näyte Oy`; `account` for a title without Latin letters or digits. */
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
 * The wanted slug, with a short random suffix when it is taken. A slug of digits only always gets a suffix, because it
 * would look like an id.
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
  throw new Error(`Found no free slug for ${wanted} in 20 attempts: the random source repeats itself.`)
}
