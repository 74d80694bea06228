import { Construct } from 'constructs'
import { configOf } from './config.ts'
import type { TerraformProvider } from './framework.ts'
import { Account as AccountResource } from './generated/account.ts'
import { lazyText } from './lazy.ts'
import { isMarked, mark } from './mark.ts'
import { Moves } from './moves.ts'
import { honourNodeDependencies } from './node-dependencies.ts'
import { ensureOneFramework } from './one-framework.ts'
import { isKnown, Problems } from './problems.ts'
import { providerShape } from './provider-shape.ts'
import { isObjectWithText, type PropShapes, type Shape } from './shape.ts'
import { ensureValidNames } from './terraform-names.ts'

/** An account, declared here or managed elsewhere. */
export interface IAccount {
  readonly accountId: string
}

export interface AccountProps {
  /** The name people see. */
  readonly title: string
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider | undefined
}

/** What stands for an account in props. */
export const accountShape: Shape = {
  oneOf: ['name', { is: isObjectWithText('accountId'), expected: 'an account' }],
  expected: 'an account, or its id, slug or title',
}

export const accountShapes: PropShapes<AccountProps> = { title: 'text', provider: providerShape }

/** An account, which domains belong to and users are members of. */
export class Account extends Construct implements IAccount {
  /** The L1 resource, for everything that has no prop here. */
  readonly resource: AccountResource
  readonly accountId: string
  readonly slug: string

  /** An account that exists, by its id, slug or title. */
  static fromId(idOrSlugOrTitle: string): IAccount {
    return { accountId: idOrSlugOrTitle }
  }

  /** Whether a value is an Account, whichever copy of this package made it. Never throws. */
  static isAccount(value: unknown): value is Account {
    return isMarked(value, 'Account')
  }

  constructor(scope: Construct, id: string, props: AccountProps) {
    super(scope, id)
    ensureOneFramework(this)
    mark(this, 'Account')
    honourNodeDependencies(this)
    const problems = new Problems()
    const { title = '', provider } = problems.checked(props, accountShapes, ['title'])
    if (problems.isEmpty && isKnown(title) && title.trim() === '') {
      problems.add('title', 'found nothing, expected a name. Write one, such as "Example Ltd".')
    }
    problems.reportOn(this)
    this.resource = new AccountResource(this, 'Resource', configOf({ title, provider }) as { title: string })
    this.accountId = lazyText(() => this.resource.id)
    this.slug = lazyText(() => this.resource.slug)
    ensureValidNames(this)
  }

  /** The Terraform address, for `dependsOn`. */
  get fqn(): string {
    return this.resource.fqn
  }

  /**
   * Writes moved blocks, so that the next apply keeps the account that was declared at another path of the stack.
   * @param oldPath - its former id, or ids joined by `/`, below the stack
   */
  movedFrom(oldPath: string): void {
    Moves.of(this).from(oldPath)
  }
}
