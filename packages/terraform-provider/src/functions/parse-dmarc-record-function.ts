import { type Finding, parseDmarc, settingsOfTags } from '@dmarc-as-code/records'
import { defineFunction, s } from '@dmarc-as-code/terraform-plugin'

export const parseDmarcRecord = defineFunction({
  summary: 'Parses a DMARC record.',
  description:
    'Parses a DMARC record as receivers do (RFC 9989). Never fails: `valid` tells whether receivers accept the record, and `errors` and `warnings` explain why. Tags that the record omits are null.',
  parameters: { record: s.string().describe('Content of the TXT record.') },
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
