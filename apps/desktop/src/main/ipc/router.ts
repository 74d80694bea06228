import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { requestChannel } from '../../shared/contract/channels.ts'
import { type Answer, type Input, type Output, type RequestName, requests } from '../../shared/contract/contract.ts'
import { problem, toProblem } from '../../shared/problems.ts'

/** A handler for each of these requests; with no argument, for every request there is. */
export type Handlers<Name extends RequestName = RequestName> = {
  readonly [Each in Name]: (input: Input<Each>) => Output<Each> | Promise<Output<Each>>
}

interface RouterOptions {
  readonly ipcMain: Pick<IpcMain, 'handle'>
  readonly handlers: Handlers
  /** Whether a message comes from our own page, in its main frame. */
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean
  /** Called with every failure; what is passed holds no secrets. */
  readonly onFailure: (name: string, error: unknown) => void
}

/**
 * Answers the page's requests: sender first, then name, argument and handler; a failure becomes a catalogue entry. Answers are
 * sent as JSON.
 */
export function routeRequests({ ipcMain, handlers, isTrusted, onFailure }: RouterOptions): void {
  const answer = async (event: IpcMainInvokeEvent, name: unknown, input: unknown): Promise<Answer<RequestName>> => {
    if (!isTrusted(event)) {
      onFailure('request', new Error('refused a message from an unknown sender'))
      return { ok: false, problem: problem('bad-request', 'The message did not come from the window of this app.') }
    }
    if (!isRequestName(name)) {
      onFailure('request', new Error('refused a request that is not in the contract'))
      return { ok: false, problem: problem('bad-request', 'There is no request of this name.') }
    }
    const parsed = requests[name].input.safeParse(input)
    if (!parsed.success) {
      // Only the rule that was broken is kept: the value itself may be a secret.
      const rule = parsed.error.issues.map((issue) => `${issue.path.join('.') || name}: ${issue.message}`).join('; ')
      onFailure(name, new Error(`refused argument: ${rule}`))
      return { ok: false, problem: problem('bad-request', `${rule}.`) }
    }
    try {
      const handler = handlers[name] as (input: unknown) => unknown
      return { ok: true, value: (await handler(parsed.data)) as Output<RequestName> }
    } catch (error) {
      onFailure(name, error)
      return { ok: false, problem: toProblem(error) }
    }
  }
  ipcMain.handle(requestChannel, async (event, name: unknown, input: unknown) =>
    JSON.stringify(await answer(event, name, input)),
  )
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name)
}
