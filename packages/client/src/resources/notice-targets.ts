import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import type { CallOptions } from '../core/transport.ts'
import { onDemand } from '../load-on-demand.ts'
import type { CreatedNoticeTarget, NoticeTarget, NoticeTargetInput } from '../notice-targets/read.ts'
import type { Session } from '../session/session.ts'

/** Where notices about the domains of the user are sent. Needs the extension `notice_targets`. */
export class NoticeTargets {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** All targets of the user. */
  list(options: CallOptions = {}): ApiPromise<NoticeTarget[]> {
    return apiPromise(options, async (options) => (await onDemand()).listNoticeTargets(this.#session, options))
  }

  /** The answer alone has the secret that webhooks are signed with. Throws `ConflictError` where notices go there already. */
  create(input: NoticeTargetInput, options: CallOptions = {}): ApiPromise<CreatedNoticeTarget> {
    return apiPromise(options, async (options) => (await onDemand()).createNoticeTarget(this.#session, input, options))
  }

  /** No further notices are sent there. */
  delete(id: number, options: CallOptions = {}): ApiPromise<void> {
    return apiPromise(options, async (options) => (await onDemand()).deleteNoticeTarget(this.#session, id, options))
  }
}
