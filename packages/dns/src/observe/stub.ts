import { canonicalName } from '../wire/names.ts'
import type { StubZone } from './types.ts'

/** The stub zone a name falls into: the one with the longest name. Expects them sorted so, names normalised. */
export function stubFor(name: string, stubZones: StubZone[]): StubZone | undefined {
  const child = canonicalName(name)
  return stubZones.find(({ zone }) => zone === '' || child === zone || child.endsWith(`.${zone}`))
}
