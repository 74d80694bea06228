import type { ServiceField } from './types.ts'

/** Fields that every service has. */
export const commonFields = [
  {
    name: 'timeout',
    label: 'Time limit',
    type: 'integer',
    range: { min: 100, max: 600_000 },
    help: 'Milliseconds per request.',
  },
] as const satisfies readonly ServiceField[]

/** Another address of a service's API, for sandboxes, proxies and tests. */
export function baseUrlField(label: string, address: string) {
  return {
    name: 'baseUrl',
    label: 'API address',
    type: 'url',
    fallback: `\`${address}\``,
    help: `Another address of the ${label} API.`,
    terraform: { in: 'resource', name: 'endpoint' },
  } as const satisfies ServiceField
}
