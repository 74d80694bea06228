import { lengthBetween, s } from '@dmarc-as-code/terraform-plugin'
import { hostedDmarcFields } from '../../resources/domain/domain-schema.ts'

const {
  record: _,
  published_record: __,
  from_current: ___,
  current_record: ____,
  gate: _____,
  ...settings
} = hostedDmarcFields

export const dmarcRecordDataSchema = {
  domain_id: s.string().required().describe('ID, slug or address of the domain.'),
  account_id: s
    .string()
    .validate(lengthBetween(1, 255))
    .optional()
    .describe('Account of the domain: ID, slug or title. Default: the account of the provider.'),
  ...settings,
  policy: settings.policy
    .required()
    .describe('What receivers do with mail that fails DMARC (`p`): `none`, `quarantine` or `reject`.'),
  failure_options: settings.failure_options.describe(
    'When receivers send failure reports (`fo`): `0`, `1`, `d`, `s`, or several separated by colons. Default: omitted, which means `0`.',
  ),
  record: s.string().computed().describe("Generated record, including the service's own report addresses."),
  length: s.integer().computed().describe('Length of the record in characters.'),
  max_length: s
    .integer()
    .computed()
    .nullable()
    .describe('Maximum length that the service accepts. Null if the service does not report it.'),
}
