/** The largest number PostgreSQL's `serial` gives out; asking it for a larger one is an error there. */
const largestId = 2_147_483_647

/** The id that a text names; undefined when it names none that a row can have. */
export function numericId(text: string): number | undefined {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : 0
  return id > 0 && id <= largestId ? id : undefined
}
