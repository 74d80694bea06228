import { DEFAULT, type Members, type Part, type Parts, type Value } from './random-resource.ts'

/** Whether a stored value may be what became of what the user wrote. */
function agrees(part: Part, written: Value, stored: Value): boolean {
  if (part.kind === 'text') {
    if (written === null && part.role === 'defaulted') return same(part.anyCase, DEFAULT, stored)
    if (written === null) return stored === null || part.role !== 'optional'
    return same(part.anyCase, written, stored)
  }
  if (written === null) return stored === null || part.role === 'optionalComputed'
  if (part.kind === 'texts') {
    const [left, right] = [written, stored] as [readonly string[], readonly string[]]
    if (left.length !== right?.length) return false
    const alike = (one: string, other: string) => same(part.anyCase, one, other)
    return part.collection === 'list'
      ? left.every((one, index) => alike(one, right[index] ?? ''))
      : arranged(left, right, alike)
  }
  if (stored === null || typeof stored !== 'object' || typeof written !== 'object') return false
  const inside = (left: unknown, right: unknown) => elementsAgree(part.parts, left as Members, right as Members)
  if (part.nesting === 'single') return inside(written, stored)
  if (Array.isArray(written) && Array.isArray(stored)) {
    if (written.length !== stored.length) return false
    if (part.nesting === 'list') return written.every((one, index) => inside(one, stored[index]))
    return arranged(written, stored, inside)
  }
  const [left, right] = [written as Members, stored as Members]
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && inside(left[key], right[key]))
}

const same = (anyCase: boolean, left: Value, right: Value) =>
  left === right ||
  (anyCase && typeof left === 'string' && typeof right === 'string' && left.toLowerCase() === right.toLowerCase())

/** Whether each of the first can be given one of the second. */
function arranged<T>(lefts: readonly T[], rights: readonly T[], fits: (left: T, right: T) => boolean): boolean {
  const [left, ...rest] = lefts
  if (left === undefined) return true
  return rights.some((right, index) => fits(left, right) && arranged(rest, rights.toSpliced(index, 1), fits))
}

function elementsAgree(parts: Parts, written: Members, stored: Members): boolean {
  return Object.entries(parts).every(([name, part]) => agrees(part, written[name] ?? null, stored[name] ?? null))
}

/**
 * Identities that had to stay and did not: of elements of sets that are the only ones which what the user writes now fits, before and
 * after.
 */
export function lostIdentities(parts: Parts, written: Members, before: Members, after: Members): string[] {
  return Object.entries(parts).flatMap(([name, part]) => {
    const [now, old, next] = [written[name] ?? null, before[name] ?? null, after[name] ?? null]
    if (part.kind === 'text') {
      return part.role === 'id' && old !== null && old !== next ? [`${name}: ${old} became ${next}`] : []
    }
    if (part.kind === 'texts' || now === null || old === null || next === null) return []
    const inside = (one: unknown, was: unknown, is: unknown) =>
      lostIdentities(part.parts, one as Members, was as Members, is as Members).map((lost) => `${name}.${lost}`)
    if (part.nesting === 'single') return inside(now, old, next)
    if (Array.isArray(now) && Array.isArray(old) && Array.isArray(next)) {
      if (part.nesting === 'list') {
        return now.flatMap((one) => {
          const [was, is] = [old, next].map((all) =>
            (all as readonly Members[]).find(({ k }) => k === (one as Members).k),
          )
          return was && is ? inside(one, was, is) : []
        })
      }
      const fit = (one: unknown, all: readonly unknown[]) =>
        all.filter((other) => elementsAgree(part.parts, one as Members, other as Members))
      return now.flatMap((one) => {
        const [was, is] = [fit(one, old), fit(one, next)]
        if (was.length !== 1 || is.length !== 1) return []
        const alone = now.filter((other) => elementsAgree(part.parts, other as Members, was[0] as Members)).length === 1
        return alone ? inside(one, was[0], is[0]) : []
      })
    }
    return Object.entries(now).flatMap(([key, one]) => {
      const [was, is] = [(old as Members)[key], (next as Members)[key]]
      return was && is ? inside(one, was, is) : []
    })
  })
}

/** Every identity inside, to see that none is there twice. */
export function identitiesIn(parts: Parts, members: Members): string[] {
  return Object.entries(parts).flatMap(([name, part]) => {
    const value = members[name] ?? null
    if (part.kind === 'text') return part.role === 'id' && typeof value === 'string' ? [value] : []
    if (part.kind === 'texts' || value === null || typeof value === 'string') return []
    if (part.nesting === 'single') return identitiesIn(part.parts, value as Members)
    return Object.values(value).flatMap((one) => identitiesIn(part.parts, one as Members))
  })
}
