import { type Fault, faultsOf, type Shape } from '../shape.ts'
import type { FleetData } from './fleet-data.ts'

const texts: Shape = { list: 'text' }
const hostedDmarc: Shape = {
  nulls: true,
  fields: {
    policy: 'text',
    subdomainPolicy: 'text',
    nonexistentSubdomainPolicy: 'text',
    dkimAlignment: 'text',
    spfAlignment: 'text',
    failureOptions: 'text',
    testMode: 'boolean',
    extraRua: texts,
    extraRuf: texts,
    record: 'text',
  },
}
const settings: Readonly<Record<string, Shape>> = {
  account: 'text',
  reports: texts,
  parked: 'boolean',
  tags: texts,
  hostedDmarc,
  rollout: 'text',
  hostedMtaSts: { nulls: true, fields: { mode: 'text', mx: texts, maxAgeDays: 'number' } },
  dns: 'text',
  waitUntilReady: 'boolean',
  readyTimeout: 'text',
}
const fleet: Shape = {
  required: ['domains'],
  fields: {
    tags: { map: 'text' },
    defaults: { fields: settings, nulls: true },
    groups: { map: { fields: settings, nulls: true } },
    domains: {
      list: { required: ['address'], nulls: true, fields: { ...settings, address: 'text', groups: texts } },
    },
  },
}

/** Checks that data from outside is a fleet. The words in it are judged later, domain by domain. */
export function readFleet(data: unknown): { readonly fleet: FleetData; readonly faults: readonly Fault[] } {
  const faults = faultsOf(data, fleet)
  return { fleet: faults.length > 0 ? { domains: [] } : (data as FleetData), faults }
}
