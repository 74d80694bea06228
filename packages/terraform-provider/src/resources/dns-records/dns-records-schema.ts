import { between, oneOf, s } from '@dmarc-as-code/terraform-plugin'
import { dnsServiceFields } from '../../dns/service-fields.ts'
import { isConsent, isRecordName } from '../../hosting/validators.ts'

export const dnsRecordsSchema = {
  id: s.string().computed().useStateForUnknown().describe('Random ID assigned by the provider.'),
  records: s
    .map(
      s.object({
        name: s.string().required().validate(isRecordName).describe('Fully qualified record name.'),
        type: s.string().default('CNAME').validate(oneOf('CNAME')).describe('Record type. Always `CNAME`.'),
        value: s.string().required().validate(isRecordName).describe('Target of the record.'),
      }),
    )
    .required()
    .describe('CNAME records to publish, by keys of your choice. Usually `dmarcreport_domain.NAME.cnames`.'),
  ttl: s.integer().default(300).validate(between(0, 2147483647)).describe('TTL in seconds. Default: `300`.'),
  on_conflict: s
    .string()
    .default('fail')
    .validate(oneOf('fail', 'adopt', 'replace'))
    .describe(
      'What to do about existing records at the same names: `fail` (default) reports an error; `adopt` takes over a CNAME and corrects its target; `replace` replaces any records and restores them on destroy.',
    ),
  allow_weaker: s
    .string()
    .optional()
    .validate(isConsent)
    .describe(
      'Reason for weakening the live protection, 1 to 500 printable characters. Without it, a plan is refused that replaces a policy with a weaker one. Remove it after the apply so that it does not cover the next change.',
    ),
  ...dnsServiceFields,
  zones: s.list(s.string()).computed().describe('Zones that contain the records.'),
  applied: s
    .map(
      s.object({
        name: s.string().computed().describe('Fully qualified record name.'),
        type: s.string().computed().describe('Record type. Always `CNAME`.'),
        value: s.string().computed().describe('Target of the record.'),
        ttl: s.integer().computed().describe('TTL in seconds.'),
        zone: s.string().computed().describe('Zone that contains the record.'),
      }),
    )
    .computed()
    .describe('Published records, by the keys of `records`.'),
  replaced: s
    .list(
      s.object({
        name: s.string().computed().describe('Fully qualified record name.'),
        type: s.string().computed().describe('Record type, such as `TXT`.'),
        ttl: s.integer().computed().describe('TTL in seconds.'),
        values: s.list(s.string()).computed().describe('Record data in zone file format.'),
      }),
    )
    .computed()
    .describe('Records that were replaced. They are restored on destroy.'),
}
