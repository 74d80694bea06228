import type { Provider } from '@dmarc-as-code/terraform-plugin'
import type { Surroundings } from '../src/configure.ts'
import { createProvider } from '../src/provider.ts'

/** What Terraform has the provider do: `method` of one resource. */
export interface CallUnderWay {
  readonly method: (typeof methods)[number]
  readonly signal: AbortSignal
}

/**
 * Sees every moment of a run, such as `before POST /v2/tags.json 1` or `after dmarcreport_domain.create 1`: requests and calls of
 * Terraform, each with its number. The run goes on when the promise resolves.
 */
export type OnMoment = (moment: string, call: CallUnderWay | undefined) => void | Promise<void>

/** The provider with an observer of its moments; `restart` begins to count anew. */
export function providerWithMoments(surroundings: Surroundings, onMoment: OnMoment) {
  const moments = new Moments(onMoment)
  const provider = createProvider({
    resolveMx: async () => [],
    ...surroundings,
    fetch: (input, init) => {
      // Ids differ from run to run.
      const path = new URL(String(input)).pathname.replace(/\d+(?=[/.]|$)/g, 'N')
      return moments.around(`${init?.method ?? 'GET'} ${path}`, async () => {
        const answer = await fetch(input, init)
        return new Response(await answer.text(), { status: answer.status, headers: answer.headers })
      })
    },
  })
  return { provider: withMoments(provider, moments), restart: () => moments.restart() }
}

class Moments {
  readonly #onMoment: OnMoment
  readonly #count = new Map<string, number>()
  readonly #calls: CallUnderWay[] = []

  constructor(onMoment: OnMoment) {
    this.#onMoment = onMoment
  }

  restart(): void {
    this.#count.clear()
  }

  async around<T>(what: string, work: () => T | Promise<T>): Promise<T> {
    const number = (this.#count.get(what) ?? 0) + 1
    this.#count.set(what, number)
    await this.#onMoment(`before ${what} ${number}`, this.#calls.at(-1))
    const result = await work()
    await this.#onMoment(`after ${what} ${number}`, this.#calls.at(-1))
    return result
  }

  async aroundCall<T>(type: string, call: CallUnderWay, work: () => T | Promise<T>): Promise<T> {
    this.#calls.push(call)
    try {
      return await this.around(`${type}.${call.method}`, work)
    } finally {
      this.#calls.splice(this.#calls.indexOf(call), 1)
    }
  }
}

const methods = ['create', 'read', 'update', 'delete', 'modifyPlan'] as const

function withMoments({ definition }: Provider, moments: Moments): Provider {
  const resources = Object.entries(definition.resources ?? {}).map(([type, resource]) => {
    const own = resource.definition as unknown as Record<string, (request: { signal: AbortSignal }) => unknown>
    const wrapped = methods.flatMap((method) => {
      const original = own[method]
      if (!original) return []
      const observed = (request: { signal: AbortSignal }) =>
        moments.aroundCall(type, { method, signal: request.signal }, () => original(request))
      return [[method, observed] as const]
    })
    return [type, { definition: { ...own, ...Object.fromEntries(wrapped) } }] as const
  })
  return { definition: { ...definition, resources: Object.fromEntries(resources) } } as unknown as Provider
}

/**
 * The moments at which ending a run can make a difference: before and after each request that changes something, and after each
 * call of Terraform. At a mere question everything is as it was before; and how many there are depends on which of them share an
 * answer, which is a matter of time.
 */
export const decisive = (moments: readonly string[]): string[] =>
  moments.filter((moment) => (moment.includes(' /') ? !moment.includes('GET') : moment.startsWith('after')))
