import { s } from '@dmarc-as-code/terraform-plugin'

export const tagsDataSchema = {
  tags: s
    .list(
      s.object({
        id: s.string().computed().describe('Numeric ID of the tag.'),
        name: s.string().computed().describe('Name, unique among the tags of the user.'),
        color: s.string().computed().describe('Color as `#RRGGBB`.'),
      }),
    )
    .computed()
    .describe('Tags of the user, sorted by name.'),
  names: s.set(s.string()).computed().describe('Names of the tags.'),
}
