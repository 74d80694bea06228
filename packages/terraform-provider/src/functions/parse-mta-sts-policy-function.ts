import { parseMtaStsPolicy as parse } from '@dmarc-as-code/records'
import { defineFunction, s } from '@dmarc-as-code/terraform-plugin'

export const parseMtaStsPolicy = defineFunction({
  summary: 'Parses an MTA-STS policy file.',
  description:
    'Parses an MTA-STS policy file as senders do (RFC 8461). Never fails: `valid` tells whether senders accept the policy, and `errors` and `warnings` explain why.',
  parameters: { policy: s.string().describe('Content of the policy file.') },
  returns: s.struct({
    valid: s.bool(),
    mode: s.string(),
    mx: s.list(s.string()),
    max_age: s.integer().describe('Maximum age in seconds.'),
    errors: s.list(s.string()),
    warnings: s.list(s.string()),
  }),
  run({ policy }) {
    const { ok, tags, errors, warnings } = parse(policy)
    return {
      valid: ok,
      mode: tags.mode ?? null,
      mx: tags.mx ?? [],
      max_age: tags.max_age ?? null,
      errors: errors.map(({ message }) => message),
      warnings: warnings.map(({ message }) => message),
    }
  },
})
