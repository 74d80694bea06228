type MarkedName = 'Account' | 'DmarcRollout' | 'DomainFleet' | 'MonitoredDomain' | 'Tag'

// Of the registry, so that constructs are recognised whichever copy of this package made them.
const symbolOf = (name: MarkedName) => Symbol.for(`@dmarc-as-code/cdktf/${name}`)
const names: readonly MarkedName[] = ['Account', 'DmarcRollout', 'DomainFleet', 'MonitoredDomain', 'Tag']

/** Says of a construct which of ours it is. */
export function mark(construct: object, name: MarkedName): void {
  Object.defineProperty(construct, symbolOf(name), { value: true })
}

/** Whether a value is marked so. Never throws, not even for a proxy that does. */
export function isMarked(value: unknown, name: MarkedName): boolean {
  try {
    return typeof value === 'object' && value !== null && symbolOf(name) in value
  } catch {
    return false
  }
}

/** Whether a value is any of our constructs. */
export const isOurs = (value: unknown) => names.some((name) => isMarked(value, name))
