import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineWith, s } from '../src/index.ts'
import { runSteps, type StateCheck, type TestStep, type TestWorkspace, testProvider } from '../src/testing/index.ts'
import { describeTerraforms } from './support/terraforms.ts'
import { ToyCloud } from './toy/cloud.ts'
import { toyProvider } from './toy/provider.ts'

const server = (name: string, more = '') => `resource "toy_server" "a" {\n  name = "${name}"\n  ${more}\n}\n`
const ticket = (title: string) => `resource "toy_ticket" "t" {\n  title = "${title}"\n}\n`

describe('an acceptance test in steps', () => {
  describeTerraforms(({ program }) => {
    let cloud: ToyCloud
    let toy: TestWorkspace
    beforeEach(async () => {
      cloud = new ToyCloud()
      toy = await testProvider(toyProvider(cloud), { terraform: program })
    })
    afterEach(() => toy.close())

    it('plans, applies, checks, imports, expects errors and destroys what is left', async () => {
      await runSteps(toy, [
        {
          config: server('web', 'big = 12345678901234567890123\n  exact = 3.14159265358979323846264338327950288'),
          plan: (plan) =>
            plan
              .expectAction('toy_server.a', 'create')
              .expectUnknown('toy_server.a', 'id')
              .expectValue('toy_server.a', ['kind'], 'small'),
          state: (state) =>
            state
              .expectValue('toy_server.a', ['big'], 12345678901234567890123n)
              .expectValue('toy_server.a', ['exact'], '3.14159265358979323846264338327950288')
              .expectAbsent('toy_server.b'),
        },
        {
          name: 'rename',
          config: server('db'),
          planOnly: true,
          plan: (plan) => plan.expectAction('toy_server.a', 'replace').expectReplacedFor('toy_server.a', 'name'),
        },
        { config: server('forbidden'), expectError: /The name "forbidden" is taken/ },
        { destroy: true },
        { config: ticket('x'), state: (state) => state.expectValue('toy_ticket.t', ['title'], 'x') },
        { import: { address: 'toy_ticket.t' } },
        {
          before: () => void cloud.objects.set('id-2', { title: 'changed outside' }),
          plan: (plan) => plan.expectAction('toy_ticket.t', 'replace'),
        },
        { planOnly: true, plan: (plan) => plan.expectEmpty() },
      ])
      expect(cloud.objects.size).toBe(0)
    })

    it('names the step that fails, and what was found, and destroys all the same', async () => {
      const steps = (step: TestStep) => runSteps(toy, [{ config: ticket('x') }, { name: 'the second', ...step }])
      await expect(
        steps({
          state: (state: StateCheck) => state.expectValue('toy_ticket.t', ['title'], 'y'),
        }),
      ).rejects.toThrow('Step 2 (the second): toy_ticket.t.title as "x", expected "y".')
      expect(cloud.objects.size).toBe(0)
      await expect(steps({ expectError: /never/ })).rejects.toThrow(
        'It succeeded, expected an error that matches /never/.',
      )
    })

    it('takes another spelling of an imported value for the same', async () => {
      const define = defineWith()
      const thing = define.resource({
        schema: {
          id: s.string().computed(),
          host: s.domainName().required(),
          limits: s.list(s.duration()).unordered().required(),
        },
        create: () => ({ id: 'i' }),
        read: () => ({ id: 'i', host: 'example.com', limits: ['1h', '90s'] }),
        delete() {},
        importState: ({ id }) => ({ id }),
      })
      const provider = define.provider({ name: 'spelled', resources: { spelled_thing: thing } })
      await using spelled = await testProvider(provider, { terraform: program })
      const config = 'resource "spelled_thing" "t" {\n  host = "Example.COM"\n  limits = ["1m30s", "60m"]\n}\n'
      await spelled.apply(config)
      await spelled.verifyImport('spelled_thing.t', 'i')
    })

    it('finds what an import does not bring back', async () => {
      const partial = 'seat = 12'
      const config = `resource "toy_ticket" "t" {\n  title = "x"\n  ${partial}\n}\n`
      await expect(runSteps(toy, [{ config }, { import: { address: 'toy_ticket.t' } }])).rejects.toThrow(
        /The import of toy_ticket.t differs:\n {2}seat: 12 is stored, null was imported/,
      )
      await runSteps(toy, [{ config }, { import: { address: 'toy_ticket.t', ignore: ['seat'] } }])
    })
  })
})
