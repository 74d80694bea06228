import { z } from 'zod'
import type { Input, RequestName } from '../../shared/contract.ts'
import { preferencesSchema } from '../config/config.ts'

const key = z.string().min(1).max(300)
const token = z
  .string()
  .trim()
  .min(1, 'a token is needed')
  .max(4096)
  .regex(/^[\x21-\x7e]+$/, 'a token has no spaces or line breaks')
const nothing = z.undefined()
const zone = z.string().min(1).max(255)
const credentials = z.strictObject({
  zone,
  method: z.string().max(40),
  values: z.record(z.string().max(100), z.string().max(8192)),
})
const byKey = z.strictObject({ key })

/** The check of every request's argument. A request without one does not compile. */
export const inputSchemas: { readonly [Name in RequestName]: z.ZodType<Input<Name>> } = {
  getState: nothing,
  getHistory: byKey,
  checkNow: nothing,
  verifyDomain: byKey,
  addConnection: z.strictObject({
    kind: z.enum(['vendor', 'self-hosted']),
    title: z.string().trim().min(1).max(100),
    baseUrl: z.string().trim().max(2000),
    token,
    stubZones: z.string().max(4000),
  }),
  replaceToken: z.strictObject({ connectionId: z.string().max(100), token }),
  removeConnection: z.strictObject({ connectionId: z.string().max(100) }),
  startSandbox: nothing,
  addDomain: z.strictObject({
    connectionId: z.string().max(100),
    accountId: z.int(),
    address: z.string().min(1).max(1024),
    parked: z.boolean(),
    hostDmarc: z.boolean(),
    hostMtaSts: z.boolean(),
    mx: z.array(z.string().max(255)).max(50),
  }),
  setHosting: z.strictObject({ key, dmarc: z.boolean().exactOptional(), mtaSts: z.boolean().exactOptional() }),
  saveDmarcPolicy: z.strictObject({ key, record: z.string().min(1).max(4096) }),
  saveMtaStsPolicy: z.strictObject({
    key,
    policy: z.strictObject({
      mode: z.string().max(20),
      mx: z.array(z.string().max(255)).max(50),
      days: z.int().min(1).max(365),
    }),
  }),
  startApply: z.strictObject({ keys: z.array(key).min(1).max(10_000) }),
  giveCredentials: credentials,
  pasteByHand: z.strictObject({ zone }),
  accessMethods: nothing,
  lookAtCredentials: nothing,
  replaceCredentials: credentials,
  removeCredentials: z.strictObject({ zone }),
  confirmApply: z.strictObject({ choices: z.record(z.string().max(300), z.enum(['keep', 'replace'])) }),
  undoApply: nothing,
  recheckApply: nothing,
  closeApply: nothing,
  openDomainConnect: byKey,
  openInBrowser: z.strictObject({ key, what: z.enum(['service', 'policy-file']) }),
  openHelp: z.strictObject({ topic: z.enum(['tokens']) }),
  copyText: z.strictObject({ text: z.string().max(100_000) }),
  setPreferences: preferencesSchema,
  lookForUpdates: nothing,
  installUpdate: nothing,
  showLog: nothing,
  hideWindow: nothing,
}
