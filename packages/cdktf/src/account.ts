import { Construct } from 'constructs'
import type { TerraformProvider } from './framework.ts'
import { Account as AccountResource } from './generated/account.ts'
import { given, Problems } from './problems.ts'
import { ensureValidNames } from './terraform-names.ts'

/** An account, made here or made elsewhere. */
export interface IAccount {
  readonly accountId: string
}

export interface AccountProps {
  /** The name people see. */
  readonly title: string
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider
}

/** An account: what domains belong to, and what users are members of. */
export class Account extends Construct implements IAccount {
  /** The L1 resource, for everything that has no prop here. */
  readonly resource: AccountResource

  /** An account that exists, by its id, slug or title. */
  static fromId(idOrSlugOrTitle: string): IAccount {
    return { accountId: idOrSlugOrTitle }
  }

  constructor(scope: Construct, id: string, props: AccountProps) {
    super(scope, id)
    const problems = new Problems()
    if (props.title.trim() === '') {
      problems.add('title', 'found nothing, expected a name. Write one, such as "Example Ltd".')
    }
    problems.reportOn(this)
    this.resource = new AccountResource(this, 'account', given({ title: props.title, provider: props.provider }))
    ensureValidNames(this)
  }

  get accountId(): string {
    return this.resource.id
  }

  get slug(): string {
    return this.resource.slug
  }
}
