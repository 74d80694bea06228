import { appendFileSync } from 'node:fs'
import { type Provider, serve } from '@dmarc-as-code/terraform-plugin'
import { createProvider } from '../src/provider.ts'

// The provider, killed (SIGKILL, no farewell) at the moment that KILL_AT names: `before POST /v2/tags.json 1`, `after
// dmarcreport_domain.create 1`. Every moment that comes by is written to MOMENTS.

const count = new Map<string, number>()

async function mortal<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const number = (count.get(what) ?? 0) + 1
  count.set(what, number)
  pass(`before ${what} ${number}`)
  const result = await work()
  pass(`after ${what} ${number}`)
  return result
}

function pass(moment: string): void {
  if (process.env.MOMENTS) appendFileSync(process.env.MOMENTS, `${moment}\n`)
  if (moment === process.env.KILL_AT) process.kill(process.pid, 'SIGKILL')
}

const provider = createProvider({
  workFolder: String(process.env.NOTES),
  resolveMx: async () => [],
  fetch: (input, init) => {
    // Ids differ from run to run.
    const path = new URL(String(input)).pathname.replace(/\d+(?=[/.]|$)/g, 'N')
    return mortal(`${init?.method ?? 'GET'} ${path}`, async () => {
      const answer = await fetch(input, init)
      return new Response(await answer.text(), { status: answer.status, headers: answer.headers })
    })
  },
})

const methods = ['create', 'read', 'update', 'delete', 'modifyPlan'] as const

function withMoments({ definition }: Provider): Provider {
  const resources = Object.entries(definition.resources ?? {}).map(([type, resource]) => {
    const own = resource.definition as unknown as Record<string, (request: never) => unknown>
    const wrapped = methods.flatMap((method) => {
      const original = own[method]
      return original ? [[method, (request: never) => mortal(`${type}.${method}`, () => original(request))]] : []
    })
    return [type, { definition: { ...own, ...Object.fromEntries(wrapped) } }] as const
  })
  return { definition: { ...definition, resources: Object.fromEntries(resources) } } as unknown as Provider
}

void serve(withMoments(provider))
