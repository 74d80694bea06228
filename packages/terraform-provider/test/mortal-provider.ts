import { appendFileSync } from 'node:fs'
import { type Provider, serve } from '@dmarc-as-code/terraform-plugin'
import { createProvider } from '../src/provider.ts'

// The provider, killed (SIGKILL, no farewell) at the moment that KILL_AT names: `dmarcreport_domain.create before`,
// `fetch 3 after`. Every moment that comes by is written to MOMENTS.

const count = new Map<string, number>()

async function mortal<T>(moment: string, work: () => T | Promise<T>): Promise<T> {
  count.set(moment, (count.get(moment) ?? 0) + 1)
  pass(`${moment} before`)
  const result = await work()
  pass(`${moment} after`)
  return result
}

function pass(moment: string): void {
  if (process.env.MOMENTS) appendFileSync(process.env.MOMENTS, `${moment}\n`)
  if (moment === process.env.KILL_AT) process.kill(process.pid, 'SIGKILL')
}

let calls = 0
const provider = createProvider({
  fetch: (input, init) => {
    // Reads do nothing that could be left half done, but a death in one is a death all the same.
    calls += 1
    const moment = `fetch ${init?.method ?? 'GET'} ${calls}`
    return mortal(moment, async () => {
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
