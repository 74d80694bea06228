import { lengthBetween, matches, s } from '@dmarc-as-code/terraform-plugin'

export const tagSchema = {
  id: s.string().computed().useStateForUnknown().describe("The tag's number."),
  name: s.string().required().validate(lengthBetween(1, 255)).describe('Unique among the tags of the user.'),
  color: s
    .string()
    .default('#6B7280')
    .validate(matches(/^#[0-9A-Fa-f]{6}$/, 'a colour such as "#10B981"'))
    .describe('As `#RRGGBB`.'),
}
