import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineWith, s } from '../src/index.ts'
import {
  echoProvider,
  isAtLeast,
  runSteps,
  type StateCheck,
  type TestStep,
  type TestWorkspace,
  testProvider,
} from '../src/testing/index.ts'
import { describeTerraforms } from './support/terraforms.ts'
import { ToyCloud } from './toy/cloud.ts'
import { toyProvider } from './toy/provider.ts'

const server = (name: string, more = '') => `resource "toy_server" "a" {\n  name = "${name}"\n  ${more}\n}\n`
const ticket = (title: string) => `resource "toy_ticket" "t" {\n  title = "${title}"\n}\n`

describe('an acceptance test in steps', () => {
  describeTerraforms((terraform) => {
    const { program } = terraform
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

    describe('with a provider that must be configured to delete', () => {
      /** What exists, and what `delete` was called with. Deleting needs the right region. */
      function regional() {
        const objects = new Set<string>()
        const define = defineWith<{ readonly region: string }>()
        const thing = define.resource({
          schema: { id: s.string().computed(), name: s.string().required() },
          create: ({ plan }) => {
            objects.add(plan.name)
            return { id: plan.name }
          },
          read: ({ state }) => state,
          delete({ client, state }) {
            if (state.name === 'stuck') throw new Error('it is in use')
            if (client.region !== 'north') throw new Error(`there is no region "${client.region}"`)
            objects.delete(state.name)
          },
        })
        const provider = define.provider({
          name: 'regional',
          schema: { region: s.string().optional() },
          configure: ({ config }) => ({ region: String(config.region ?? 'none') }),
          resources: { regional_thing: thing },
        })
        return { provider, objects }
      }
      const config = (name: string, region = '"north"') =>
        `provider "regional" {\n  region = ${region}\n}\nresource "regional_thing" "t" {\n  name = "${name}"\n}\n`
      const variable = 'variable "region" {\n  type = string\n}\n'

      it('destroys what a failed first step left with the configuration of that step', async () => {
        const { provider, objects } = regional()
        await using workspace = await testProvider(provider, { terraform: program })
        const steps = [{ config: config('x'), state: (state: StateCheck) => state.expectAbsent('regional_thing.t') }]
        await expect(runSteps(workspace, steps)).rejects.toThrow(/^Step 1: .*expected it to be gone\.$/s)
        expect(objects).toEqual(new Set())
      })

      it('destroys with the variables of the last step', async () => {
        const { provider, objects } = regional()
        await using workspace = await testProvider(provider, { terraform: program })
        await runSteps(workspace, [{ config: variable + config('x', 'var.region'), variables: { region: 'north' } }])
        expect(objects).toEqual(new Set())
      })

      it('destroys with the configuration before where the last one is broken', async () => {
        const { provider, objects } = regional()
        await using workspace = await testProvider(provider, { terraform: program })
        await expect(runSteps(workspace, [{ config: config('x') }, { config: 'broken {' }])).rejects.toThrow(/^Step 2/)
        expect(objects).toEqual(new Set())
      })

      it('reports a destroy that fails, also after another failure', async () => {
        const { provider } = regional()
        await using workspace = await testProvider(provider, { terraform: program })
        await expect(runSteps(workspace, [{ config: config('stuck') }])).rejects.toThrow(
          /^Destroying what the steps left failed: .*it is in use/s,
        )
        const state = (check: StateCheck) => check.expectAbsent('regional_thing.t')
        await expect(runSteps(workspace, [{ config: config('stuck'), state }])).rejects.toThrow(
          /^Step 1: .*expected it to be gone\.\n\nDestroying what the steps left failed as well: .*it is in use/s,
        )
      })
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

    it('passes the state before the destroy to checkDestroy, and fails where that throws', async () => {
      const seen: unknown[] = []
      const checkDestroy = (before: StateCheck) => {
        seen.push(before.value('toy_ticket.t', 'title'), cloud.objects.size)
      }
      await runSteps(toy, [{ config: ticket('x') }], { checkDestroy })
      expect(seen).toEqual(['x', 0])
      const left = { checkDestroy: () => Promise.reject(new Error('the cloud still has it')) }
      await expect(runSteps(toy, [{ config: ticket('x') }], left)).rejects.toThrow('the cloud still has it')
      const failing = [{ config: ticket('x'), state: (state: StateCheck) => state.expectAbsent('toy_ticket.t') }]
      await expect(runSteps(toy, failing, left)).rejects.toThrow(/^Step 1: .*\n\n.*the cloud still has it/s)
    })

    it('refreshes the state, and finds what then differs', async () => {
      const change = () => void cloud.objects.set('id-1', { title: 'outside' })
      await runSteps(toy, [
        { config: ticket('x') },
        { refresh: true },
        {
          refresh: true,
          before: change,
          state: (state) => state.expectValue('toy_ticket.t', ['title'], 'outside'),
          plan: (plan) => plan.expectNonEmpty().expectAction('toy_ticket.t', 'replace'),
          expectNonEmptyPlan: true,
        },
      ])
      cloud.objects.clear()
      const again = () => void cloud.objects.set('id-2', { title: 'outside' })
      await expect(runSteps(toy, [{ config: ticket('x') }, { refresh: true, before: again }])).rejects.toThrow(
        /^Step 2: The plan is not empty/,
      )
    })

    it('fails where a plan that must have changes is empty', async () => {
      await expect(runSteps(toy, [{ config: ticket('x'), expectNonEmptyPlan: true }])).rejects.toThrow(
        'Step 1: The plan is empty, expected changes.',
      )
    })

    it('plans an import block with an identifier, which must change nothing', async () => {
      await runSteps(toy, [
        { config: ticket('x') },
        { import: { address: 'toy_ticket.t', by: 'block' } },
        { planOnly: true, plan: (plan) => plan.expectEmpty() },
      ])
      const seat = 'resource "toy_ticket" "t" {\n  title = "x"\n  seat = 12\n}\n'
      const imported: TestStep = { import: { address: 'toy_ticket.t', by: 'block' } }
      await expect(runSteps(toy, [{ config: seat }, imported])).rejects.toThrow(/seat: 12 is stored, null was imported/)
      await runSteps(toy, [{ config: seat }, { import: { address: 'toy_ticket.t', by: 'block', ignore: ['seat'] } }])
      const unknown: TestStep = { import: { address: 'toy_ticket.t', by: 'block', id: '%{none}' } }
      await expect(runSteps(toy, [{ config: ticket('x') }, unknown])).rejects.toThrow(/has no ticket "%\{none\}"/)
    })

    // Older releases have no identity in an import block; the peer of Terraform 1.15.5 runs this.
    if (program !== '' && isAtLeast(terraform, { terraform: '1.12', tofu: '1.12' })) {
      it('plans an import block with the identity that is stored', async () => {
        await runSteps(toy, [
          {
            config: ticket('x'),
            state: (state) => state.expectIdentity('toy_ticket.t', { id: state.value('toy_ticket.t', 'id') }),
          },
          { import: { address: 'toy_ticket.t', by: 'identity' } },
        ])
      })
    }

    it('checks outputs and what is sensitive', async () => {
      const key = 'resource "toy_server" "a" {\n  name = "web"\n  token = "hunter2!"\n}\n'
      const outputs =
        'output "id" {\n  value = toy_server.a.id\n}\noutput "n" {\n  value = null\n}\noutput "name" {\n  value = toy_server.a.name\n}\n'
      await runSteps(toy, [
        {
          config: key + outputs,
          plan: (plan) =>
            plan
              .expectUnknownOutput('id')
              .expectOutput('name', 'web')
              .expectSensitive('toy_server.a', 'token')
              .expectNonEmpty(),
          state: (state) => state.expectSensitive('toy_server.a', 'token').expectOutput('name', 'web'),
        },
      ])
      const wrong: TestStep = { config: key, plan: (plan) => plan.expectSensitive('toy_server.a', 'name') }
      await expect(runSteps(toy, [wrong])).rejects.toThrow('toy_server.a.name is not sensitive in the plan')
    })

    it('sees the values of an ephemeral resource through the echo provider', async () => {
      await using echoing = await testProvider(toyProvider(cloud), { terraform: program, others: [echoProvider] })
      const config = `ephemeral "toy_credential" "c" {
  user = "ann"
}
provider "echo" {
  data = ephemeral.toy_credential.c.secret
}
resource "echo" "seen" {}
`
      await runSteps(echoing, [{ config, state: (state) => state.expectValue('echo.seen', ['data'], 'secret-of-ann') }])
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
