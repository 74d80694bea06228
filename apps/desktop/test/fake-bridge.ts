import type { AppState } from '../src/shared/contract/app-state.ts'
import type { Bridge, EventListeners, Events, Input, Output, RequestName } from '../src/shared/contract/contract.ts'
import { type Problem, problem } from '../src/shared/problems.ts'

type Answers = { [Name in RequestName]?: (input: Input<Name>) => Output<Name> | Problem }

/** The page's other side, as a test wants it. Requests without an answer succeed with nothing. */
export class FakeBridge {
  readonly calls: { readonly name: RequestName; readonly input: unknown }[] = []
  readonly #listeners = new Set<EventListeners>()
  readonly bridge: Bridge

  constructor(answers: Answers = {}) {
    const request = async (name: RequestName, input?: unknown) => {
      this.calls.push({ name, input })
      const value = (
        ({ getServiceHistory: () => [], ...answers } as Answers)[name] as ((given: unknown) => unknown) | undefined
      )?.(input)
      return isProblem(value) ? { ok: false, problem: value } : { ok: true, value }
    }
    this.bridge = {
      request: request as Bridge['request'],
      listen: (listeners) => {
        this.#listeners.add(listeners)
        return () => void this.#listeners.delete(listeners)
      },
    }
  }

  send<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listeners of this.#listeners) (listeners[name] as (event: unknown) => void)(event)
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
    activity: [],
    drafts: {},
    credentials: [],
    preferences: {
      notifications: true,
      pausedUntil: '',
      mutedTags: [],
      startAtLogin: false,
      shortcut: '',
      caFile: '',
      theme: 'system',
      density: 'compact',
      grouping: 'next',
      language: 'system',
      trayStyle: 'outlined',
      windowStyle: 'window',
      closing: 'automatic',
    },
    language: 'en',
    hasTray: true,
    tray: { state: 'well', count: 0, summary: 'All well' },
    update: { state: 'off', why: 'This copy runs from source.' },
    version: '0.0.0',
    ...more,
  }
}
