import * as z from 'zod'
import { extensionNames } from '../enumerations.ts'

/** Ours: `GET /v2/capabilities`. A server without the route has no extensions. */
export const capabilities = z.object({ extensions: z.array(z.enum(extensionNames)), version: z.string() })
export type WireCapabilities = z.output<typeof capabilities>
