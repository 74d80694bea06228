import { between, oneOf, s } from '@dmarc-as-code/terraform-plugin'
import { dnsServiceFields } from '../../dns/service-fields.ts'
import { isRecordName } from '../../hosting/validators.ts'

export const dnsRecordsSchema = {
  id: s.string().computed().useStateForUnknown().describe('Made up by the provider.'),
  records: s
    .map(
      s.object({
        name: s.string().required().validate(isRecordName).describe('The full name.'),
        type: s.string().default('CNAME').validate(oneOf('CNAME')).describe('Always `CNAME`.'),
        value: s.string().required().validate(isRecordName).describe('The target.'),
      }),
    )
    .required()
    .describe('The CNAMEs to have, by keys of your own; usually `dmarcreport_domain.NAME.cnames`.'),
  ttl: s.integer().default(300).validate(between(0, 2147483647)).describe('In seconds. Default: `300`.'),
  on_conflict: s
    .string()
    .default('fail')
    .validate(oneOf('fail', 'adopt', 'replace'))
    .describe(
      'What to do about records that stand in the way: `fail` (default) shows them; `adopt` takes over a CNAME and corrects its target; `replace` exchanges whatever is there and puts it back on destroy.',
    ),
  ...dnsServiceFields,
  zones: s.list(s.string()).computed().describe('The zones the records are in.'),
  applied: s
    .map(
      s.object({
        name: s.string().computed().describe('The full name.'),
        type: s.string().computed().describe('Always `CNAME`.'),
        value: s.string().computed().describe('The target.'),
        ttl: s.integer().computed().describe('In seconds.'),
        zone: s.string().computed().describe('The zone it is in.'),
      }),
    )
    .computed()
    .describe('What stands in the DNS, by the keys of `records`.'),
  replaced: s
    .list(
      s.object({
        name: s.string().computed().describe('The full name.'),
        type: s.string().computed().describe('Such as `TXT`.'),
        ttl: s.integer().computed().describe('In seconds.'),
        values: s.list(s.string()).computed().describe('Data in zone-file form.'),
      }),
    )
    .computed()
    .describe('What made way, and is put back on destroy.'),
}
