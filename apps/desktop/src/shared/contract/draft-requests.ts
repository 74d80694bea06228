import { z } from 'zod'
import { request } from './request.ts'

const id = z.string().min(1).max(320)

/** Forms that are not published yet. */
export const draftRequests = {
  saveDraft: request()(z.strictObject({ id, base: z.string().max(8192), fields: z.string().max(20_000) })),
  discardDraft: request()(z.strictObject({ id })),
}
