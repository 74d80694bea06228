import { UnknownValue } from '../encoding/raw.ts'
import { type ClientCapabilities, DeferredReason, type MessageOf } from '../protobuf/tfplugin6-values.ts'
import type { DeferredReason as Reason } from '../provider/defer.ts'
import type { AnyDefinition, Compiled } from './compiled.ts'
import { toWire } from './values.ts'

const REASONS: { readonly [R in Reason]: number } = {
  'resource-config-unknown': DeferredReason.RESOURCE_CONFIG_UNKNOWN,
  'provider-config-unknown': DeferredReason.PROVIDER_CONFIG_UNKNOWN,
  'absent-prerequisite': DeferredReason.ABSENT_PREREQ,
}

/** Whether Terraform lets a call be put off, and for what reason where its author names none. */
export interface DeferralTerms {
  readonly allowed: boolean
  readonly reason: Reason
}

/** For calls that are never put off. */
export const NO_DEFERRAL: DeferralTerms = { allowed: false, reason: 'resource-config-unknown' }

export const deferralTerms = (
  capabilities: MessageOf<typeof ClientCapabilities> | undefined,
  reason: Reason = 'resource-config-unknown',
): DeferralTerms => ({ allowed: capabilities?.deferral_allowed ?? false, reason })

/** A reason as the protocol says it. */
export const deferredMessage = ({ reason }: { readonly reason: Reason }) => ({ reason: REASONS[reason] })

/** What stands for an object that only a later plan will know. */
export const unknownObject = (compiled: Compiled<AnyDefinition>) => toWire(compiled.type, UnknownValue.plain)
