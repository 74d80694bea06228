import type { Fields } from '../fields.ts'

/** No service: the zone is looked at through the DNS, and a person enters the records. */
export interface ManualConfig {
  type: 'manual'
}

export function parseManualConfig(_: Fields): ManualConfig {
  return { type: 'manual' }
}
