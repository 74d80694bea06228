import { z } from 'zod'

/** Why the protection may become weaker; empty where it does not, or nobody was asked yet. */
export const consentInput = z.string().max(1000)
