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
      'Target of the CNAME that the name is to get. Leave it out where it is known only after apply: Terraform would read the data source only then.',
    ),
  expected: s
    .string()
    .optional()
    .describe(
      'DMARC record or MTA-STS policy file that is going to answer behind the CNAME, for the effect on mail. Default: what answers at `target` now.',
    ),
  status: s
    .string()
    .computed()
    .describe(
      'What stands at the name: `absent`, `wildcard` (a wildcard answers), `target` (the CNAME to `target`), `cname` (a CNAME to another target), `other_records`, `blocked` (no CNAME can be seen there, see `reason`) or `unknown` (could not be looked up).',
    ),
  can_create: s
    .bool()
    .computed()
    .nullable()
    .describe('Whether nothing is in the way of a new CNAME. Null where that could not be looked up.'),
  cname: s.string().computed().nullable().describe('Target of the CNAME that stands at the name, if any.'),
  found: s
    .list(
      s.object({
        type: s.string().computed().describe('Record type, such as `TXT`.'),
        ttl: s.integer().computed().describe('TTL in seconds.'),
        values: s.list(s.string()).computed().describe('Record data in zone file format.'),
      }),
    )
    .computed()
    .describe('Records that stand at the name. Without those that a wildcard answers with.'),
  zone: s.string().computed().nullable().describe('Zone that contains the name.'),
  name_servers: s.list(s.string()).computed().describe('Name servers of the zone.'),
  reason: s
    .string()
    .computed()
    .nullable()
    .describe(
      'Stable code of what is in the way, such as `records-in-place`, `other-target`, `delegated-away` or `unreachable`.',
    ),
  message: s
    .string()
    .computed()
    .describe('What stands there and what to do, in sentences. Suitable as the `error_message` of a precondition.'),
  in_force: s
    .string()
    .computed()
    .nullable()
    .describe(
      'DMARC record or MTA-STS policy that receivers and senders of mail find for the domain now, also through a CNAME, a wildcard or the parent domain. Null where there is none or it could not be read.',
    ),
  in_force_source: s.string().computed().nullable().describe('Where `in_force` comes from.'),
  effect: s
    .string()
    .computed()
    .nullable()
    .describe(
      'How the change compares with what is in force: `stronger`, `same`, `weaker`, `incomparable` or `unknown`. Null without `target` and `expected`, and where there is no policy before and after.',
    ),
  needs_consent: s
    .bool()
    .computed()
    .describe('Whether the change weakens what is in force, so that it takes a reason (`allow_weaker`).'),
  effect_messages: s.list(s.string()).computed().describe('One sentence for each change, first what becomes weaker.'),
}
