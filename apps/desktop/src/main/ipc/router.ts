import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import {
  type Answer,
  type Input,
  type Output,
  type RequestName,
  requestChannel,
  requestNames,
} from '../../shared/contract.ts'
import { problem, toProblem } from '../../shared/problems.ts'
import { inputSchemas } from './schemas.ts'

export type Handlers = {
  readonly [Name in RequestName]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

export interface RouterOptions {
  readonly ipcMain: Pick<IpcMain, 'handle'>
  readonly handlers: Handlers
  /** Whether a message comes from our own page, in its main frame. */
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean
  /** Told of every failure; what is passed has no secrets. */
  readonly onFailure: (name: RequestName, error: unknown) => void
}

/** Answers the page's requests: sender first, then argument, then the handler; a failure becomes a catalogue entry. */
export function routeRequests({ ipcMain, handlers, isTrusted, onFailure }: RouterOptions): void {
  for (const name of requestNames) {
    ipcMain.handle(requestChannel(name), async (event, input: unknown): Promise<Answer<RequestName>> => {
      if (!isTrusted(event)) {
        onFailure(name, new Error('a message from a foreign sender was refused'))
        return { ok: false, problem: problem('bad-request', 'The message did not come from the window of this app.') }
      }
      const parsed = inputSchemas[name].safeParse(input)
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
    })
  }
}
