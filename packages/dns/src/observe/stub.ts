import { isWithin } from '../wire/names.ts'
import type { StubZone } from './types.ts'

/** The stub zone a name falls into: the one with the longest name. Expects them sorted so. */
export function stubFor(name: string, stubZones: StubZone[]): StubZone | undefined {
  return stubZones.find((stub) => isWithin(name, stub.zone))
}
