import { z } from 'zod'
import { consentInput } from './consent-input.ts'
import { request } from './request.ts'

/** What the app changed. */
export const activityRequests = {
  /** Restores what was there before. The result shows in the state. */
  undoActivity: request()(z.strictObject({ id: z.string().min(1).max(100), reason: consentInput })),
}
