import { z } from 'zod'
import { connectionId, nothing, request } from './request.ts'

const token = z
  .string()
  .trim()
  .min(1, 'a token is required')
  .max(4096)
  .regex(/^[\x21-\x7e]+$/, 'a token has no spaces or line breaks')

const newConnection = z.strictObject({
  kind: z.enum(['vendor', 'self-hosted']),
  title: z.string().trim().min(1).max(100),
  baseUrl: z.string().trim().max(2000),
  token,
  /** `zone=address:port`, one per line: name servers for zones the public DNS does not know. */
  stubZones: z.string().max(4000),
})

export type NewConnection = z.infer<typeof newConnection>

/** Connections: the services the app watches, and their tokens. */
export const connectionRequests = {
  addConnection: request<{ connectionId: string }>()(newConnection),
  replaceToken: request()(z.strictObject({ connectionId, token })),
  removeConnection: request()(z.strictObject({ connectionId })),
  startSandbox: request<{ connectionId: string }>()(nothing),
}
