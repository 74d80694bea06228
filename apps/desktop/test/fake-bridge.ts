import type { AppState, Bridge, Input, Output, RequestName } from '../src/shared/contract.ts'
import { requestNames } from '../src/shared/contract.ts'
import { type Problem, problem } from '../src/shared/problems.ts'

type Answers = { [Name in RequestName]?: (input: Input<Name>) => Output<Name> | Problem }

/** The page's other side, as a test wants it. Requests without an answer succeed with nothing. */
export class FakeBridge {
  readonly calls: { readonly name: RequestName; readonly input: unknown }[] = []
  readonly #listeners = new Map<string, Set<(event: unknown) => void>>()
  readonly bridge: Bridge

  constructor(answers: Answers = {}) {
    const requests = Object.fromEntries(
      requestNames.map((name) => [
        name,
        async (input: unknown) => {
          this.calls.push({ name, input })
          const value = (answers[name] as ((given: unknown) => unknown) | undefined)?.(input)
          return isProblem(value) ? { ok: false, problem: value } : { ok: true, value }
        },
      ]),
    )
    const on = (name: string, listener: (event: unknown) => void) => {
      const listeners = this.#listeners.get(name) ?? new Set()
      this.#listeners.set(name, listeners.add(listener))
      return () => void listeners.delete(listener)
    }
    this.bridge = { ...requests, on } as unknown as Bridge
  }

  send(name: 'state' | 'place', event: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(event)
  }

  sent<Name extends RequestName>(name: Name): Input<Name>[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.input as Input<Name>)
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'actionLabel' in value
}

export { problem }

export function state(more: Partial<AppState> = {}): AppState {
  return {
    loaded: true,
    connections: [
      {
        id: 'c1',
        kind: 'self-hosted',
        title: 'Home',
        baseUrl: 'https://dmarc.example.com',
        online: true,
        extensions: ['mta_sts_policy_on_update'],
        lastSuccessAt: new Date().toISOString(),
      },
    ],
    accounts: [{ connectionId: 'c1', accountId: 1, title: 'Main' }],
    domains: [],
    verifying: [],
    credentials: [],
    preferences: { notifications: true, startAtLogin: false, shortcut: '', theme: 'system' },
    tray: { state: 'well', count: 0, summary: 'All well' },
    update: { state: 'off', why: 'This copy was started from its source.' },
    version: '0.0.0',
    ...more,
  }
}
