import type { ClientContext } from './request.ts'

/**
 * Why something has to wait for a later plan: the configuration of a resource or of the provider has unknown values that it
 * needs, or something that must exist first does not.
 */
export type DeferredReason = 'resource-config-unknown' | 'provider-config-unknown' | 'absent-prerequisite'

export interface Deferrable {
  /**
   * Ends the call and puts off what it is about to a later plan: `if (!isKnown(config.url)) return defer('...')`. `why` is a
   * sentence; it is shown as an error where this Terraform cannot defer, which today is any release without `-allow-deferral`.
   * The reason defaults to the provider's configuration in `configure`, to the resource's elsewhere.
   */
  defer(why: string, reason?: DeferredReason): never
}

/** What functions get whose call Terraform can put off. */
export interface DeferrableContext<Client> extends ClientContext<Client>, Deferrable {}

/** Thrown by `defer`. */
export class Deferral extends Error {
  readonly reason: DeferredReason | undefined

  constructor(why: string, reason?: DeferredReason) {
    super(why)
    this.name = 'Deferral'
    this.reason = reason
  }
}
