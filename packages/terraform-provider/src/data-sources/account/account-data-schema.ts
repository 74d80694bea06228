import { lengthBetween, s } from '@dmarc-as-code/terraform-plugin'

const name = () => s.string().validate(lengthBetween(1, 255)).optional().computed()

export const accountDataSchema = {
  id: name().describe('Numeric ID of the account. Set at most one of `id`, `slug` and `title`.'),
  slug: name().describe('Short name used in URLs.'),
  title: name().describe('Display name.'),
}
