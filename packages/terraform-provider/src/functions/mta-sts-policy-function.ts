import { formatMtaStsPolicy, hostedMtaStsPolicy } from '@dmarc-as-code/records'
import { ArgumentError, defineFunction, s } from '@dmarc-as-code/terraform-plugin'
import { readObject } from './read-object.ts'

export const mtaStsPolicy = defineFunction({
  summary: 'Formats an MTA-STS policy file.',
  description: 'Formats an MTA-STS policy file (RFC 8461), as served at `/.well-known/mta-sts.txt`.',
  parameters: {
    policy: s.dynamic().describe('Object with `mode`, `mx` and `max_age_days` (default: 7).'),
  },
  returns: s.string(),
  run({ policy }) {
    try {
      const { mode, mx, max_age_days } = readObject(policy, { mode: 'string', mx: 'strings', max_age_days: 'number' })
      return formatMtaStsPolicy(hostedMtaStsPolicy({ mode: mode ?? '', mx: mx ?? [], mxAgeDays: max_age_days ?? 7 }))
    } catch (error) {
      throw new ArgumentError('policy', (error as Error).message, { cause: error })
    }
  },
})
