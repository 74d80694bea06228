import { Construct } from 'constructs'
import type { TerraformProvider } from './framework.ts'
import { Tag as TagResource } from './generated/tag.ts'
import { ImportBlock } from './import-block.ts'
import { given, isKnown, Problems } from './problems.ts'
import { ensureValidNames } from './terraform-names.ts'

/** A tag, made here or made elsewhere. */
export interface ITag {
  /** Unique among the tags of the user. */
  readonly tagName: string
}

export interface TagProps {
  /**
   * Unique among the tags of the user.
   * @default - the id of the construct
   */
  readonly name?: string
  /**
   * As #RRGGBB.
   * @default #6B7280
   */
  readonly color?: string
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider
}

/** A tag for domains. Tags belong to the user; all accounts share them. */
export class Tag extends Construct implements ITag {
  /** The L1 resource, for everything that has no prop here. */
  readonly resource: TagResource
  /** What the tag is called where that is known while synthesising. */
  readonly label: string

  constructor(scope: Construct, id: string, props: TagProps = {}) {
    super(scope, id)
    const { name = id, color, provider } = props
    const problems = new Problems()
    if (isKnown(color) && !/^#[0-9A-Fa-f]{6}$/.test(color)) {
      problems.add('color', `found ${JSON.stringify(color)}, expected # and six hexadecimal digits. Write "#10B981".`)
    }
    if (name.trim() === '') problems.add('name', 'found nothing, expected a name. Write one, such as "production".')
    problems.reportOn(this)
    this.label = name
    this.resource = new TagResource(this, 'tag', given({ name, color, provider }))
    ensureValidNames(this)
  }

  /**
   * Writes an import block, so that the next apply takes over the tag that exists instead of making one. `from` is its name
   * or id.
   * @default - the name
   */
  importFrom(from: string = this.label): void {
    new ImportBlock(this, 'import', { to: this.resource, from })
  }

  get tagName(): string {
    return this.resource.name
  }

  get tagId(): string {
    return this.resource.id
  }
}
