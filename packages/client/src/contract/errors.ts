import * as z from 'zod'
import { code, id } from './values.ts'

/** One thing wrong with a request. */
export const errorDetail = z.object({
  /** Where, as a dotted path: `domain.mta_sts_policy.mx`. Empty when no single field is to blame. */
  field: z.string(),
  /** See `errorDetailCodes`. */
  code,
  /** What is wrong, what was found, what was expected, what to do next. */
  message: z.string(),
  /** With a duplicate: the object that is already there. */
  existing_id: id.optional(),
})
export type WireErrorDetail = z.output<typeof errorDetail>

/** The one shape of every failed answer of our server. */
export const errorBody = z.object({
  error: z.object({
    /** See `errorCodes`: one per status. */
    code,
    message: z.string(),
    details: z.array(errorDetail),
    /** Always with a 500, so that the log entry can be found; may come with others. */
    request_id: z.string().optional(),
  }),
})
export type WireError = z.output<typeof errorBody>
