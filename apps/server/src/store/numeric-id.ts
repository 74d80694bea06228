/** The largest number of PostgreSQL's `serial`; a query with a larger one fails there. */
const largestId = 2_147_483_647

/** The id in a text; undefined when no row can have it. */
export function numericId(text: string): number | undefined {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : 0
  return id > 0 && id <= largestId ? id : undefined
}
