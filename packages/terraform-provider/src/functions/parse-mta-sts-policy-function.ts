import { parseMtaStsPolicy as parse } from '@dmarc-as-code/records'
import { defineFunction, s } from '@dmarc-as-code/terraform-plugin'

export const parseMtaStsPolicy = defineFunction({
  summary: 'Reads an MTA-STS policy file.',
  description:
    'Reads the text of an MTA-STS policy file as senders do (RFC 8461). Never fails: `valid` says whether it counts, `errors` and `warnings` say why.',
  parameters: { policy: s.string().describe('The text of the file.') },
  returns: s.struct({
    valid: s.bool(),
    mode: s.string(),
    mx: s.list(s.string()),
    max_age: s.integer().describe('In seconds.'),
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
