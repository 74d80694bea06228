import type { RecordKind } from '@dmarc-as-code/records'
import type { TerraformProvider } from '../framework.ts'

/** One CNAME that a hosted domain needs. */
export interface HostedRecord {
  /** Which of the four it is. Use it as the id of what you create: it never changes. */
  readonly key: RecordKind
  /** The full name, as A-labels without the final dot. A reference where the domain's address is one. */
  readonly name: string
  readonly type: 'CNAME'
  /** The target without the final dot; a reference, known once hosting is on. */
  readonly value: string
}

/** What a target is told about the domain that it publishes for. */
export interface PublishContext {
  /**
   * The dmarcreport provider that manages the domain.
   * @default - the only one of the stack
   */
  readonly provider?: TerraformProvider | undefined
  /**
   * Why the protection that is live may become weaker.
   * @default - it may not
   */
  readonly allowWeaker?: string | undefined
  /**
   * What will be published behind the CNAMEs, as far as it is known while synthesising: the plan says what that means for mail
   * where something stands in the way.
   * @default - unknown
   */
  readonly expected?: Readonly<Partial<Record<RecordKind, string>>> | undefined
}
