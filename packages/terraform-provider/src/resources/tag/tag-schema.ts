import { lengthBetween, matches, s } from '@dmarc-as-code/terraform-plugin'

export const tagSchema = {
  id: s.string().computed().useStateForUnknown().describe('Numeric ID of the tag.'),
  name: s.string().required().validate(lengthBetween(1, 255)).describe('Name, unique among the tags of the user.'),
  color: s
    .string()
    .default('#6B7280')
    .validate(matches(/^#[0-9A-Fa-f]{6}$/, 'a color such as "#10B981"'))
    .describe('Color as `#RRGGBB`.'),
}
