import type { Construct } from 'constructs'
import { literalText } from './config.ts'
import { TerraformElement, type TerraformResource } from './framework.ts'

export interface ImportBlockProps {
  readonly to: TerraformResource
  readonly from: string
}

/**
 * An import block by itself. The framework's own `importFrom` starts Terraform once for every imported resource to ask
 * for its version, which takes a minute for some hundred domains.
 */
export class ImportBlock extends TerraformElement {
  readonly #props: ImportBlockProps

  constructor(scope: Construct, id: string, props: ImportBlockProps) {
    super(scope, id)
    this.#props = props
  }

  override toTerraform(): object {
    const { to, from } = this.#props
    return { import: [{ to: `${to.terraformResourceType}.${to.friendlyUniqueId}`, id: literalText(from) }] }
  }
}
