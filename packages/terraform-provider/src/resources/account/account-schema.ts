import { lengthBetween, s } from '@dmarc-as-code/terraform-plugin'

export const accountSchema = {
  id: s.string().computed().useStateForUnknown().describe("The account's number."),
  title: s.string().required().validate(lengthBetween(1, 255)).describe('The name people see.'),
  slug: s.string().computed().describe('The short name in addresses.'),
}
