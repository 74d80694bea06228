/** What one of the first may be given: those worth a look, and whether one of them fits. */
export interface Candidates {
  readonly all: Iterable<number>
  fits(right: number): boolean
}

/**
 * Gives as many of the first as possible one of the second that fits, each given away once. Earlier ones are served first: they
 * keep a partner once they have one, but may be given another that fits as well, so that a later one is not left without.
 * So do those in `given`, which have one already.
 */
export function assign(
  lefts: Iterable<number>,
  candidatesOf: (left: number) => Candidates,
  given: ReadonlyMap<number, number> = new Map(),
): Map<number, number> {
  const partners = new Map(given)
  const owners = new Map([...given].map(([left, right]) => [right, left]))
  const waiting: number[] = []
  // Most get the first that fits. Taken ones are looked past by removing them from what is left of their group.
  const rests = new Map<Iterable<number>, Set<number>>()
  for (const left of lefts) {
    if (partners.has(left)) continue
    const { all, fits } = candidatesOf(left)
    const rest = rests.get(all) ?? new Set([...all].filter((one) => !owners.has(one)))
    rests.set(all, rest)
    const right = find(rest, (one) => !owners.has(one) && fits(one))
    if (right === undefined) waiting.push(left)
    else {
      rest.delete(right)
      partners.set(left, right)
      owners.set(right, left)
    }
  }
  // What a search in vain has reached leads nowhere for later ones either.
  const reached = new Set<number>()
  for (const left of waiting) exchange(left, candidatesOf, partners, owners, reached)
  return partners
}

/** Finds a partner for one by giving others another one, over however many. */
function exchange(
  start: number,
  candidatesOf: (left: number) => Candidates,
  partners: Map<number, number>,
  owners: Map<number, number>,
  reached: Set<number>,
): void {
  const from = new Map<number, number>()
  const queue = [start]
  for (const left of queue) {
    const { all, fits } = candidatesOf(left)
    for (const right of all) {
      if (from.has(right) || reached.has(right) || !fits(right)) continue
      from.set(right, left)
      const owner = owners.get(right)
      if (owner !== undefined) {
        queue.push(owner)
        continue
      }
      for (let passed: number | undefined = right; passed !== undefined; ) {
        const taker = from.get(passed) as number
        const before = partners.get(taker)
        partners.set(taker, passed)
        owners.set(passed, taker)
        passed = before
      }
      return
    }
  }
  for (const right of from.keys()) reached.add(right)
}

function find<T>(values: Iterable<T>, fits: (value: T) => boolean): T | undefined {
  for (const value of values) if (fits(value)) return value
  return undefined
}
