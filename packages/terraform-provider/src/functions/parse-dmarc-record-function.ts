import { type Finding, parseDmarc } from '@dmarc-as-code/records'
import { defineFunction, s } from '@dmarc-as-code/terraform-plugin'
import { settingsOfTags } from '../hosting/dmarc-settings.ts'

export const parseDmarcRecord = defineFunction({
  summary: 'Reads a DMARC record.',
  description:
    'Reads a DMARC record as receivers do (RFC 9989). Never fails: `valid` says whether it counts, `errors` and `warnings` say why. What the record leaves out is null.',
  parameters: { record: s.string().describe('The text of the TXT record.') },
  returns: s.struct({
    valid: s.bool(),
    policy: s.string(),
    subdomain_policy: s.string(),
    nonexistent_subdomain_policy: s.string(),
    dkim_alignment: s.string(),
    spf_alignment: s.string(),
    failure_options: s.string(),
    test_mode: s.bool(),
    rua: s.list(s.string()),
    ruf: s.list(s.string()),
    errors: s.list(s.string()),
    warnings: s.list(s.string()),
  }),
  run({ record }) {
    const parsed = parseDmarc(record)
    const messages = (findings: readonly Finding[]) => findings.map(({ message }) => message)
    return {
      valid: parsed.ok && parsed.outcome === 'policy',
      ...settingsOfTags(parsed.tags),
      rua: parsed.tags.rua ?? [],
      ruf: parsed.tags.ruf ?? [],
      errors: messages(parsed.errors),
      warnings: messages(parsed.warnings),
    }
  },
})
