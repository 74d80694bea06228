import { s } from '@dmarc-as-code/terraform-plugin'
import { isRecordName } from '../../hosting/validators.ts'

export const dnsLookupDataSchema = {
  name: s
    .string()
    .required()
    .validate(isRecordName)
    .describe('Fully qualified name of a record, such as `_dmarc.example.com`.'),
  target: s
    .string()
    .optional()
    .validate(isRecordName)
    .describe(
      'Target of the CNAME to be created. Omit it if it is known only after apply; otherwise Terraform reads the data source only then.',
    ),
  expected: s
    .string()
    .optional()
    .describe(
      'DMARC record or MTA-STS policy file that the CNAME will lead to, to compute the effect on mail. Default: what `target` serves now.',
    ),
  status: s
    .string()
    .computed()
    .describe(
      'What exists at the name: `absent`, `wildcard` (a wildcard answers), `target` (the CNAME to `target`), `cname` (a CNAME to another target), `other_records`, `blocked` (no CNAME can be seen there, see `reason`) or `unknown` (could not be looked up).',
    ),
  can_create: s.bool().computed().nullable().describe('Whether a CNAME can be created. Null if the look-up failed.'),
  cname: s.string().computed().nullable().describe('Target of the CNAME at the name, if any.'),
  found: s
    .list(
      s.object({
        type: s.string().computed().describe('Record type, such as `TXT`.'),
        ttl: s.integer().computed().describe('TTL in seconds.'),
        values: s.list(s.string()).computed().describe('Record data in zone file format.'),
      }),
    )
    .computed()
    .describe('Records at the name, without those that a wildcard synthesizes.'),
  zone: s.string().computed().nullable().describe('Zone that contains the name.'),
  name_servers: s.list(s.string()).computed().describe('Name servers of the zone.'),
  reason: s
    .string()
    .computed()
    .nullable()
    .describe(
      'Stable code of what prevents a new CNAME, such as `records-in-place`, `other-target`, `delegated-away` or `unreachable`.',
    ),
  message: s
    .string()
    .computed()
    .describe(
      'What exists at the name and what to do, in sentences. Suitable as the `error_message` of a precondition.',
    ),
  in_force: s
    .string()
    .computed()
    .nullable()
    .describe(
      'DMARC record or MTA-STS policy that applies to the domain now, whether directly or through a CNAME, a wildcard or the parent domain. Null if there is none or it could not be read.',
    ),
  in_force_source: s.string().computed().nullable().describe('Where `in_force` comes from.'),
  effect: s
    .string()
    .computed()
    .nullable()
    .describe(
      'How the change compares with what is in force: `stronger`, `same`, `weaker`, `incomparable` or `unknown`. Null without `target` and `expected`, and if there is no policy before and after.',
    ),
  needs_consent: s
    .bool()
    .computed()
    .describe('Whether the change weakens what is in force and therefore requires a reason (`allow_weaker`).'),
  effect_messages: s
    .list(s.string())
    .computed()
    .describe('One sentence for each change, starting with what becomes weaker.'),
}
