import { domainShapes } from '../domain/monitored-domain.ts'
import { hostedDmarcShape } from '../hosted/dmarc.ts'
import { type Fault, type Fields, faultsOf, type PropShapes, type Shape, type ShapeOptions } from '../shape.ts'
import type { FleetData, FleetDomain, FleetSettings } from './fleet-data.ts'

const texts: Shape = { list: 'text' }
const { address, provider: _, ...domainSettings } = domainShapes
const settings: PropShapes<FleetSettings> = {
  ...domainSettings,
  account: 'name',
  tags: texts,
  hostedDmarc: hostedDmarcShape,
  rollout: 'text',
  dns: 'text',
}
const domain: Fields = { required: ['address'], fields: { ...settings, address, groups: texts } }

export const fleetShape: Fields = {
  required: ['domains'],
  fields: {
    tags: { map: 'text' },
    defaults: { fields: settings },
    groups: { map: { fields: settings } },
    domains: { list: { oneOf: ['text', domain], expected: 'a domain name, or settings with an address' } },
  },
}

/** Data of a fleet in which every domain has its settings, if only its address. */
export interface ReadFleet extends FleetData {
  readonly domains: readonly FleetDomain[]
}

export interface FleetReading {
  readonly fleet: ReadFleet
  readonly faults: readonly Fault[]
}

/** Checks that data from outside is a fleet. The words in it are checked later, domain by domain. */
export function readFleet(data: unknown, options: Pick<ShapeOptions, 'tokens'> = {}): FleetReading {
  const faults = faultsOf(data, fleetShape, { ...options, nulls: 'remove' })
  if (faults.length > 0) return { fleet: { domains: [] }, faults }
  const fleet = data as FleetData
  const domains = fleet.domains.map((one) => (typeof one === 'string' ? { address: one } : one))
  return { fleet: { ...fleet, domains }, faults }
}
