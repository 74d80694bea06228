import { lengthBetween, s } from '@dmarc-as-code/terraform-plugin'

export const accountSchema = {
  id: s.string().computed().useStateForUnknown().describe('Numeric ID of the account.'),
  title: s.string().required().validate(lengthBetween(1, 255)).describe('Display name.'),
  slug: s.string().computed().describe('Short name used in URLs.'),
}
