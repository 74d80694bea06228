import type { Construct } from 'constructs'
import { literalText } from './config.ts'
import { TerraformElement, type TerraformResource } from './framework.ts'
import { shown } from './shape.ts'

/**
 * An import block by itself. The framework's own `importFrom` starts Terraform once for every imported resource to ask
 * for its version, which takes a minute for some hundred domains.
 */
export class ImportBlock extends TerraformElement {
  readonly #to: TerraformResource
  #from: string

  /** Of several for one construct, the last one counts. */
  static write(scope: Construct, to: TerraformResource, from: string): void {
    const found = scope.node.tryFindChild('import')
    if (found instanceof ImportBlock) found.#from = from
    else new ImportBlock(scope, to, from)
  }

  private constructor(scope: Construct, to: TerraformResource, from: string) {
    super(scope, 'import')
    this.#to = to
    this.#from = from
    this.node.addValidation({ validate: () => this.#faults() })
  }

  override toTerraform(): object {
    if (!this.#isNamed) return {}
    const to = `${this.#to.terraformResourceType}.${this.#to.friendlyUniqueId}`
    return { import: [{ to, id: literalText(this.#from) }] }
  }

  get #isNamed(): boolean {
    return typeof this.#from === 'string' && this.#from.trim() !== ''
  }

  #faults(): string[] {
    if (this.#isNamed) return []
    return [
      `importFrom: found ${shown(this.#from)}, expected the id of the existing object. Leave it out, or write the id.`,
    ]
  }
}
