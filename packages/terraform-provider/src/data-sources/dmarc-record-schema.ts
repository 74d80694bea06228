import { s } from '@dmarc-as-code/terraform-plugin'
import { hostedDmarcFields } from '../resources/domain-schema.ts'

const { record: _, published_record: __, ...settings } = hostedDmarcFields

export const dmarcRecordDataSchema = {
  domain_id: s.string().required().describe("The domain's id, slug or address."),
  account_id: s
    .string()
    .optional()
    .describe('The account of the domain: id, slug or title. Default: that of the provider.'),
  ...settings,
  policy: settings.policy.required(),
  record: s.string().computed().describe("The record, with the service's own report addresses in it."),
  length: s.integer().computed().describe('Its length in characters.'),
  max_length: s.integer().computed().nullable().describe('The most the service accepts, where it tells.'),
}
