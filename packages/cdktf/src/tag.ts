import { Construct } from 'constructs'
import { configOf } from './config.ts'
import type { TerraformProvider } from './framework.ts'
import { Tag as TagResource } from './generated/tag.ts'
import { ImportBlock } from './import-block.ts'
import { lazyText } from './lazy.ts'
import { isMarked, mark } from './mark.ts'
import { Moves } from './moves.ts'
import { honourNodeDependencies } from './node-dependencies.ts'
import { ensureOneFramework } from './one-framework.ts'
import { isKnown, Problems } from './problems.ts'
import { providerShape } from './provider-shape.ts'
import type { PropShapes } from './shape.ts'
import { ensureValidNames } from './terraform-names.ts'

/** A tag, declared here or managed elsewhere. */
export interface ITag {
  /** Unique among the tags of the user. */
  readonly tagName: string
  /**
   * What the tag is called where that is known while synthesising, for rules about tags.
   * @default - tagName
   */
  readonly label?: string | undefined
}

export interface TagProps {
  /**
   * Unique among the tags of the user.
   * @default - the id of the construct
   */
  readonly name?: string | undefined
  /**
   * As #RRGGBB.
   * @default #6B7280
   */
  readonly color?: string | undefined
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider | undefined
}

export const tagShapes: PropShapes<TagProps> = { name: 'text', color: 'text', provider: providerShape }

/** A tag for domains. Tags belong to the user; all accounts share them. */
export class Tag extends Construct implements ITag {
  /** The L1 resource, for everything that has no prop here. */
  readonly resource: TagResource
  /** What the tag is called where that is known while synthesising. */
  readonly label: string
  readonly tagName: string
  readonly tagId: string

  /** A tag that exists and is managed elsewhere. */
  static fromName(name: string): ITag {
    return { tagName: name }
  }

  /** Whether a value is a Tag, whichever copy of this package made it. Never throws. */
  static isTag(value: unknown): value is Tag {
    return isMarked(value, 'Tag')
  }

  constructor(scope: Construct, id: string, props: TagProps = {}) {
    super(scope, id)
    ensureOneFramework(this)
    mark(this, 'Tag')
    honourNodeDependencies(this)
    const problems = new Problems()
    const { name = id, color, provider } = problems.checked(props, tagShapes, [], { colour: 'color' })
    if (isKnown(color) && !/^#[0-9A-Fa-f]{6}$/.test(color)) {
      problems.add('color', `found ${JSON.stringify(color)}, expected # and six hexadecimal digits. Write "#10B981".`)
    }
    if (name.trim() === '') problems.add('name', 'found nothing, expected a name. Write one, such as "production".')
    problems.reportOn(this)
    this.label = name
    this.resource = new TagResource(this, 'Resource', configOf({ name, color, provider }) as { name: string })
    this.tagName = lazyText(() => this.resource.name)
    this.tagId = lazyText(() => this.resource.id)
    ensureValidNames(this)
  }

  /** The Terraform address, for `dependsOn`. */
  get fqn(): string {
    return this.resource.fqn
  }

  /**
   * Writes an import block, so that the next apply takes over the tag that exists instead of creating one. `from` is its name
   * or id.
   * @default - the name
   */
  importFrom(from: string = this.label): void {
    ImportBlock.write(this, this.resource, from)
  }

  /**
   * Writes moved blocks, so that the next apply keeps the tag that was declared at another path of the stack.
   * @param oldPath - its former id, or ids joined by `/`, below the stack
   */
  movedFrom(oldPath: string): void {
    Moves.of(this).from(oldPath)
  }
}
