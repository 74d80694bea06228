import { z } from 'zod'

/** `zone` answered by `address:port`: split-horizon zones that the public DNS does not know. */
export const stubZoneSchema = z.object({
  zone: z.string().min(1).max(253),
  servers: z.array(z.object({ address: z.string().min(1), port: z.number().int().min(1).max(65535) })).min(1),
})

export type StubZone = z.output<typeof stubZoneSchema>
