import type { ServiceEntry } from './types.ts'

/** No service: the zone is read through the DNS, and a person enters the records. */
export const manual = {
  id: 'manual',
  label: 'The DNS',
  title: 'By hand',
  description: 'The zone is read through the DNS, and a person enters the records.',
  credentialsHelp: 'None.',
  fields: [],
  abilities: {
    canWrite: false,
    canReplaceAtomically: false,
    canApplyAllAtomically: false,
    checksBeforeWriting: false,
    supportsTtl: true,
  },
  proof: 'real server',
} as const satisfies ServiceEntry

export interface ManualConfig {
  type: 'manual'
}
