import * as z from 'zod'
import { id, pageMeta } from './values.ts'

export const tag = z.object({ id, name: z.string(), color: z.string() })
export type WireTag = z.output<typeof tag>

const name = z.string().trim().min(1).max(100)
const color = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'must be a colour such as #3B82F6')

export const createTagBody = z.strictObject({ tag: z.strictObject({ name, color: color.optional() }) })
export type CreateTagBody = z.output<typeof createTagBody>

export const updateTagBody = z.strictObject({ tag: z.strictObject({ name: name.optional(), color: color.optional() }) })
export type UpdateTagBody = z.output<typeof updateTagBody>

export const tagList = z.object({ tags: z.array(tag), meta: pageMeta('total_tags').optional() })
export type WireTagList = z.output<typeof tagList>
