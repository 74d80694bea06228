import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestWorkspace, testProvider } from '../src/testing/index.ts'
import { Protocol, unknown } from './support/protocol.ts'
import { describeTerraforms } from './support/terraforms.ts'
import { ToyCloud } from './toy/cloud.ts'
import { toyProvider } from './toy/provider.ts'

const restart = (settings: string) => `action "toy_restart" "r" {\n  config {\n${settings}\n  }\n}\n`
const triggered = (settings: string) => `
  resource "toy_ticket" "t" {
    title = "a"
    lifecycle {
      action_trigger {
        events  = [after_create]
        actions = [action.toy_restart.r]
      }
    }
  }
  ${restart(settings)}
`

describeTerraforms(
  ({ program }) => {
    let cloud: ToyCloud
    let toy: TestWorkspace

    beforeEach(async () => {
      cloud = new ToyCloud()
      toy = await testProvider(toyProvider(cloud), { terraform: program })
    })
    afterEach(() => toy.close())

    it('runs an action after the resource that triggers it, with defaults and write-only values', async () => {
      const { progress } = await toy.apply(triggered('name = toy_ticket.t.title\nkey = "secret-key"'))
      expect(progress).toEqual(['stopping a with (sensitive value)', 'starting a'])
      expect(cloud.calls).toEqual(['plan restart a', 'create id-1', 'restart a soft secret-key'])
      await toy.expectEmptyPlan()
    })

    it('runs an action alone', async () => {
      await toy.write(restart('name = "web"'))
      expect((await toy.invoke('action.toy_restart.r')).progress).toEqual(['stopping web with no key', 'starting web'])
    })

    it('checks the configuration of an action, and shows the warnings of its plan', async () => {
      await expect(toy.validate(restart('name = ""'))).rejects.toThrow(/Found 0 characters, expected 1 to 20/)
      const { diagnostics } = await toy.plan(triggered('name = "web"\nmode = "hard"'))
      // Terraform puts a summary of its own before the provider's.
      expect(diagnostics).toMatchObject([
        { severity: 'warning', detail: expect.stringContaining('Hard restarts lose data') },
      ])
    })

    it('fails the apply where the action fails, and keeps what was made before', async () => {
      await expect(toy.apply(triggered('name = "web"\nmode = "broken"'))).rejects.toThrow(/The server stays down/)
      expect((await toy.state()).resources).toMatchObject({ 'toy_ticket.t': { id: 'id-1' } })
    })

    it('ends an action whose time is up, with the time limit of the user', async () => {
      const hcl = triggered('name = "web"\nmode = "wait"\ntimeouts {\n  invoke = "50ms"\n}')
      await expect(toy.apply(hcl)).rejects.toThrow(/Invoking toy_restart took too long.*0.05 seconds/s)
    })

    it('ends an action when Terraform is interrupted', async () => {
      const progress = Promise.withResolvers<void>()
      const running = await toy.startApply(triggered('name = "web"\nmode = "wait"'), (text) => {
        if (text.includes('"action_progress"')) progress.resolve()
      })
      await progress.promise
      running.interrupt()
      expect((await running.finished).stdout).toMatch(/Invoking toy_restart was interrupted/)
    })

    it('says that a change cannot wait where this Terraform does not defer', async () => {
      await expect(toy.plan(triggered('name = "absent"'))).rejects.toThrow(
        /Planning toy_restart has to wait.*The server does not exist yet.*-target/s,
      )
    })
  },
  { terraform: '1.14' },
)

describe('an action, message by message', () => {
  const config = (members: { readonly [name: string]: unknown }) => {
    const protocol = new Protocol(toyProvider())
    return { protocol, config: protocol.actionValue('toy_restart', members) }
  }

  it('is planned with values that are still unknown', async () => {
    const cloud = new ToyCloud()
    const protocol = new Protocol(toyProvider(cloud))
    await protocol.configure({})
    await protocol.call('PlanAction', {
      action_type: 'toy_restart',
      config: protocol.actionValue('toy_restart', { name: unknown }),
    })
    expect(cloud.calls).toEqual(['plan restart unknown'])
  })

  it('is deferred for the reason that its author gives, where Terraform can defer', async () => {
    const { protocol, config: value } = config({ name: 'absent' })
    await protocol.configure({})
    const answer = await protocol.call('PlanAction', {
      action_type: 'toy_restart',
      config: value,
      client_capabilities: { deferral_allowed: true },
    })
    expect(answer).toMatchObject({ deferred: { reason: 3 }, diagnostics: [] })
  })

  it('sends its progress before it has ended', async () => {
    const { protocol, config: value } = config({ name: 'web', mode: 'wait' })
    await protocol.configure({})
    const abort = new AbortController()
    const events = []
    for await (const event of protocol.stream('InvokeAction', { action_type: 'toy_restart', config: value }, abort)) {
      events.push(event)
      abort.abort(new Error('enough'))
    }
    expect(events).toMatchObject([
      { progress: { message: 'stopping web with no key' } },
      { completed: { diagnostics: [{ summary: 'Invoking toy_restart was interrupted' }] } },
    ])
  })
})
