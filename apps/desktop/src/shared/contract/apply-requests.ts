import { z } from 'zod'
import type { AccessMethod } from '../apply.ts'
import { consentInput } from './consent-input.ts'
import { byKey, key, nothing, request } from './request.ts'

const zone = z.string().min(1).max(255)
const credentials = z.strictObject({
  zone,
  method: z.string().max(40),
  values: z.record(z.string().max(100), z.string().max(8192)).readonly(),
})

/** The apply job, one at a time. */
export const applyRequests = {
  startApply: request()(z.strictObject({ keys: z.array(key).min(1).max(10_000).readonly() })),
  /** Several zones at the same service may share them. */
  giveCredentials: request()(credentials),
  /** Shows the records of this zone to add by hand instead of asking for credentials. */
  addManually: request()(z.strictObject({ zone })),
  confirmApply: request()(
    z.strictObject({
      choices: z.record(z.string().max(400), z.enum(['keep', 'replace'])).readonly(),
      policies: z.record(key, z.enum(['take-over', 'hosted', 'keep'])).readonly(),
      /** Why the protection may become weaker; empty where it does not. */
      reason: consentInput,
    }),
  ),
  undoApply: request()(z.strictObject({ reason: consentInput })),
  /** Reads the zones again: after records were added by hand, or after a failure. */
  recheckApply: request()(nothing),
  closeApply: request()(nothing),
  openDomainConnect: request()(byKey),
}

/** Credentials of DNS services. */
export const credentialRequests = {
  accessMethods: request<readonly AccessMethod[]>()(nothing),
  /** Reads the password store for what the state says about the stored credentials. */
  readStoredCredentials: request()(nothing),
  /** Stores other credentials for this zone, once they have opened it. */
  replaceCredentials: request()(credentials),
  removeCredentials: request()(z.strictObject({ zone })),
}
