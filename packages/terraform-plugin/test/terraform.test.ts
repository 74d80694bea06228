import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type TestWorkspace, testProvider } from '../src/testing/index.ts'
import { describeTerraforms } from './support/terraforms.ts'
import { ToyCloud } from './toy/cloud.ts'
import { toyProvider } from './toy/provider.ts'

const FULL = `
  name    = "web"
  kind    = "large"
  ratio   = 0.1
  enabled = true
  big     = 12345678901234567890123
  exact   = 3.14159265358979323846264338327950288
  anything = { list = [1, "two", null], deep = { yes = true } }
  token   = "hunter2-token"
  password = "hunter2-password"
  labels  = { "a b" = "1", __proto__ = "2" }
  notes   = ["x", "ü"]
  ports   = [80, 443]
  matrix  = [[1, 2.5], []]
  pair    = ["p", false]
  point   = { x = 1, y = -2 }
  settings = { engine = "v8" }
  disks   = [{ size = 10 }, { size = 20 }]
  members = { ann = { role = "admin" }, bob = { role = "user" } }
  peers   = [{ host = "h1" }, { host = "h2" }]
  rule {
    port = 80
  }
  rule {
    port = 443
    note = "tls"
  }
  limit {
    cpu = 2
  }
  exclude {
    host = "bad"
  }
  timeouts {
    create = "1m"
  }
`
const one = (body: string) => `resource "toy_server" "a" {\n${body}\n}\n`
const minimal = one('name = "web"')

describeTerraforms(({ program }) => {
  let cloud: ToyCloud
  let toy: TestWorkspace

  beforeEach(async () => {
    cloud = new ToyCloud()
    toy = await testProvider(toyProvider(cloud), { terraform: program })
  })
  afterEach(() => toy.close())

  const value = async (address = 'toy_server.a') => (await toy.state()).resources[address]
  const actions = async (hcl: string) =>
    Object.fromEntries((await toy.plan(hcl)).changes.map((change) => [change.address, change.actions.join('+')]))

  it('creates a resource with every kind of attribute and plans nothing after it', async () => {
    const { changes } = await toy.plan(one(FULL))
    expect(changes[0]?.afterUnknown).toMatchObject({ id: true, status: true, disks: [{ path: true }, { path: true }] })
    await toy.apply()
    await toy.expectEmptyPlan()
    expect(await value()).toMatchObject({
      id: 'id-1',
      kind: 'large',
      count_of: 1,
      region: 'north',
      address: null,
      password: null,
      labels: { 'a b': '1', ['__proto__']: '2' },
      settings: { mode: 'fast', level: 7, engine: 'v8' },
      placement: { zone: 'a' },
      disks: [
        { size: 10, path: '/dev/0' },
        { size: 20, path: '/dev/1' },
      ],
      members: { ann: { role: 'admin', joined: 'by ann' } },
      rule: [
        { port: 80, note: 'none' },
        { port: 443, note: 'tls' },
      ],
      limit: { cpu: 2, burst: 4 },
      pair: ['p', false],
      point: { x: 1, y: -2 },
    })
  })

  it('keeps numbers of any size and precision, to the last digit', async () => {
    await toy.apply(
      `${one(FULL)}output "third" {\n  value = toy_server.b.ratio == 1 / 3\n}\nresource "toy_server" "b" {\n  name = "b"\n  ratio = 1 / 3\n}\n`,
    )
    await toy.expectEmptyPlan()
    const state = await readFile(join(toy.folder, 'terraform.tfstate'), 'utf8')
    expect(state).toContain('"big": 12345678901234567890123')
    expect(state).toContain('"exact": 3.14159265358979323846264338327950288')
    expect((await toy.state()).outputs).toEqual({ third: true })
  })

  it('creates the smallest resource and plans nothing after it', async () => {
    await toy.apply(minimal)
    await toy.expectEmptyPlan()
    expect(await value()).toMatchObject({ settings: null, disks: null, rule: [], exclude: [], limit: null })
  })

  it('updates in place, keeping what never changes', async () => {
    await toy.apply(one(FULL))
    const { changes } = await toy.plan(one(FULL.replace('size = 10', 'size = 11').replace('"x", "ü"', '"y"')))
    expect(changes[0]).toMatchObject({ actions: ['update'], after: { id: 'id-1' } })
    expect(changes[0]?.afterUnknown).toMatchObject({ status: true, disks: [{ path: true }, {}] })
    await toy.apply()
    await toy.expectEmptyPlan()
    expect(await value()).toMatchObject({ status: 'updated', disks: [{ size: 11, path: '/dev/0' }, { size: 20 }] })
    expect(cloud.calls).toEqual(['create id-1', 'update id-1'])
  })

  it('adds and removes nested attributes, elements and blocks', async () => {
    await toy.apply(minimal)
    await toy.apply(one(FULL))
    await toy.expectEmptyPlan()
    await toy.apply(
      one(
        FULL.replace('{ host = "h1" }, ', '')
          .replace('{ size = 10 }, ', '')
          .replace(/ {2}limit \{[^}]*\}/, ''),
      ),
    )
    await toy.expectEmptyPlan()
    expect(await value()).toMatchObject({
      disks: [{ size: 20 }],
      peers: [{ host: 'h2', key: 'key of h2' }],
      limit: null,
    })
    await toy.apply(one('name = "web"\n kind = "large"'))
    await toy.expectEmptyPlan()
    expect(await value()).toMatchObject({ settings: null, disks: null, peers: null, rule: [] })
  })

  it('replaces when an attribute says so, also a nested one', async () => {
    await toy.apply(one(FULL))
    const renamed = await toy.plan(one(FULL.replace('"web"', '"api"')))
    expect(renamed.changes[0]).toMatchObject({ actions: ['delete', 'create'], replacePaths: [['name']] })
    const reengined = await toy.plan(one(FULL.replace('"v8"', '"v9"')))
    expect(reengined.changes[0]).toMatchObject({
      actions: ['delete', 'create'],
      replacePaths: [['settings', 'engine']],
    })
    const removed = await toy.plan(one(FULL.replace('settings = { engine = "v8" }', '')))
    expect(removed.changes[0]).toMatchObject({ actions: ['delete', 'create'], replacePaths: [['settings']] })
    await toy.apply()
    await toy.expectEmptyPlan()
    expect(cloud.calls).toEqual(['create id-1', 'delete id-1', 'create id-2'])
  })

  it('replaces a resource without update for every change', async () => {
    await toy.apply('resource "toy_ticket" "t" {\n  title = "a"\n}\n')
    expect(await actions('resource "toy_ticket" "t" {\n  title = "b"\n}\n')).toEqual({
      'toy_ticket.t': 'delete+create',
    })
  })

  it('finds what was changed and removed outside of Terraform and repairs it', async () => {
    await toy.apply(one(FULL))
    cloud.objects.set('id-1', { ...cloud.objects.get('id-1'), kind: 'small', labels: null })
    const { changes, drift } = await toy.plan()
    expect(drift[0]?.after).toMatchObject({ kind: 'small', labels: null })
    expect(changes[0]?.actions).toEqual(['update'])
    await toy.apply()
    await toy.expectEmptyPlan()
    cloud.objects.clear()
    expect((await toy.plan()).changes[0]?.actions).toEqual(['create'])
  })

  it('handles values that are known after apply only, from another resource', async () => {
    const hcl = `${minimal}resource "toy_server" "b" {
  name     = "b-\${toy_server.a.id}"
  kind     = toy_server.a.status == "created" ? "small" : "large"
  notes    = [toy_server.a.status]
  disks    = [for n in [toy_server.a.status] : { size = length(n) }]
  settings = { mode = toy_server.a.status }
  anything = toy_server.a.status
}
`
    await toy.apply(hcl)
    await toy.expectEmptyPlan()
    expect(await value('toy_server.b')).toMatchObject({
      name: 'b-id-1',
      notes: ['created'],
      settings: { mode: 'created' },
    })
  })

  it('says that a computed value that is never null will not be null', async () => {
    const { changes } = await toy.plan(
      `${minimal}resource "toy_ticket" "t" {\n  count = toy_server.a.status == null ? 0 : 1\n  title = "x"\n}\n`,
    )
    expect(changes.map(({ address }) => address)).toContain('toy_ticket.t[0]')
  })

  it('imports by id and by import block, and writes the configuration', async () => {
    await toy.apply('resource "toy_ticket" "t" {\n  title = "a"\n}\n')
    await toy.run('state', 'rm', 'toy_ticket.t')
    await toy.import('toy_ticket.t', 'id-1')
    await toy.expectEmptyPlan()
    await toy.run('state', 'rm', 'toy_ticket.t')
    const generated = await toy.generateConfig('import {\n  to = toy_ticket.t\n  id = "id-1"\n}\n')
    expect(generated).toMatch(/resource "toy_ticket" "t" \{\n {2}seat {2}= null\n {2}title = "a"/)
    await toy.apply()
    await toy.expectEmptyPlan()
  })

  it("fails an import of something that is not there, in the author's words", async () => {
    await toy.write('resource "toy_ticket" "t" {\n  title = "a"\n}\n')
    await expect(toy.import('toy_ticket.t', 'nope')).rejects.toThrow(/The cloud has no ticket "nope"/)
    await toy.write('resource "toy_slow" "s" {}\n')
    await expect(toy.import('toy_slow.s', 'x')).rejects.toThrow(/toy_slow cannot be imported/)
  })

  it('follows a moved block to another name and to another type', async () => {
    await toy.apply(minimal)
    expect(
      await actions(
        'resource "toy_server" "b" {\n  name = "web"\n}\nmoved {\n  from = toy_server.a\n  to = toy_server.b\n}\n',
      ),
    ).toEqual({ 'toy_server.b': 'no-op' })
    const hcl =
      'resource "toy_ticket" "t" {\n  title = "web"\n}\nmoved {\n  from = toy_server.a\n  to = toy_ticket.t\n}\n'
    cloud.objects.set('id-1', { title: 'web' })
    expect(await actions(hcl)).toEqual({ 'toy_ticket.t': 'no-op' })
  })

  it('upgrades the state of an older schema version', async () => {
    await toy.apply('resource "toy_ticket" "t" {\n  title = "a"\n}\n')
    const file = join(toy.folder, 'terraform.tfstate')
    const state = JSON.parse(await readFile(file, 'utf8'))
    const instance = state.resources[0].instances[0]
    instance.schema_version = 0
    instance.attributes = { id: 'id-1', name: 'a' }
    await writeFile(file, JSON.stringify({ ...state, serial: 99 }))
    await toy.expectEmptyPlan()
    instance.schema_version = 5
    await writeFile(file, JSON.stringify({ ...state, serial: 100 }))
    await expect(toy.plan()).rejects.toThrow(/newer/)
  })

  it('reads data sources, with defaults and null answers', async () => {
    await toy.apply(
      `${minimal}data "toy_lookup" "found" {\n  name = toy_server.a.name\n  depends_on = [toy_server.a]\n}\ndata "toy_lookup" "gone" {\n  name = "zzz"\n}\n`,
    )
    expect(await value('data.toy_lookup.found')).toEqual({ id: 'id-1', name: 'web', kinds: ['any'] })
    expect(await value('data.toy_lookup.gone')).toMatchObject({ id: null })
    await toy.expectEmptyPlan()
  })

  it('calls functions, and shows which argument is wrong', async () => {
    await toy.apply(
      `output "joined" {\n  value = provider::toy::join("-", null, "a", "b")\n}\noutput "point" {\n  value = provider::toy::describe({ x = 1, y = 2.5 })\n}\n`,
    )
    expect((await toy.state()).outputs).toEqual({ joined: 'a-b', point: { text: '1/2.5', far: null } })
    const failed = toy.plan('output "joined" {\n  value = provider::toy::join("-", 2, "a", "")\n}\n')
    await expect(failed).rejects.toThrow(
      /Invalid value for "rest" parameter: Found an empty text, expected a word\.(?!\.)/,
    )
  })

  it('opens and closes ephemeral resources and keeps nothing of them', async () => {
    await toy.apply(
      `ephemeral "toy_credential" "c" {\n  user = "ann"\n}\nresource "toy_server" "a" {\n  name = "web"\n  password = ephemeral.toy_credential.c.secret\n  password_version = 1\n}\n`,
    )
    expect(cloud.objects.get('id-1')?.password).toBe('secret-of-ann')
    expect(cloud.calls.filter((call) => call.endsWith(' ann'))).toContain('close ann')
    expect(await readFile(join(toy.folder, 'terraform.tfstate'), 'utf8')).not.toContain('secret-of-ann')
    await toy.expectEmptyPlan()
  })

  it('hides sensitive values from plans, logs and messages', async () => {
    await toy.apply(one(FULL))
    const shown = await toy.run('show', '-no-color')
    expect(shown.stdout).toMatch(/token += \(sensitive value\)/)
    expect(toy.logs.join('\n')).toContain('"token":"(sensitive value)"')
    const failure = await toy
      .plan('provider "toy" {\n  token = "expired-token"\n}\nresource "toy_server" "a" {\n  name = "web"\n}\n')
      .catch((error: Error) => error)
    expect(String(failure)).toContain('The cloud refuses (sensitive value)')
    expect(toy.logs.join('\n') + failure).not.toMatch(/expired-token|hunter2/)
  })

  it('shows errors and warnings at the attribute they are about', async () => {
    await expect(toy.validate(one('name = "web"\n  kind = "huge"'))).rejects.toThrow(
      /Found "huge", expected one of "small", "large"/,
    )
    const failure = await toy.validate(one('name = "forbidden"')).catch((error) => error)
    expect(failure.diagnostics[0]).toMatchObject({ summary: 'Bad name', snippet: { code: 'name = "forbidden"' } })
    const { diagnostics } = await toy.validate(one('name = "web"\n  kind = "large"'))
    expect(diagnostics).toMatchObject([{ severity: 'warning', summary: 'Large servers cost more' }])
    await expect(toy.validate(one('name = "web"\n  count_of = 1.5'))).rejects.toThrow(/whole number/)
    await expect(toy.validate(one('name = "web"\n  notes = ["a", null]'))).rejects.toThrow(/holds a null/)
    await expect(toy.validate(one('name = "web"\n  timeouts {\n    create = "soon"\n  }'))).rejects.toThrow(
      /no duration/,
    )
    await expect(toy.validate(one('name = "web"\n  unheard = 1'))).rejects.toThrow(/unheard/)
  })

  it.each([
    ['settings = { level = 1.5 }', 'settings.level', 'settings = { level = 1.5 }'],
    ['disks = [{ size = 1 }, { size = 1.5 }]', 'disks[1].size', '  disks = [{ size = 1 }, { size = 1.5 }]'],
    ['rule {\n port = 1.5\n }', 'rule[0].port', ' port = 1.5'],
  ])('shows the line of a nested attribute, not one of the same name elsewhere: %s', async (hcl, place, code) => {
    const failure = await toy.validate(one(`name = "web"\n  ${hcl}`)).catch((error) => error)
    expect(failure.diagnostics).toMatchObject([
      { summary: `Invalid value for ${place}`, snippet: { code: expect.stringContaining(code.trim()) } },
    ])
  })

  it('checks values at plan time that validation could not know', async () => {
    const hcl = `${minimal}resource "toy_ticket" "t" {\n  title = "small"\n}\nresource "toy_server" "b" {\n  name = "b"\n  kind = toy_ticket.t.id\n}\n`
    await expect(toy.apply(hcl)).rejects.toThrow(/expected one of "small", "large"/)
  })

  it('changes only the timeouts without an update', async () => {
    await toy.apply(minimal)
    await toy.apply(one('name = "web"\n  timeouts {\n    create = "3m"\n  }'))
    await toy.expectEmptyPlan()
    expect(cloud.calls).toEqual(['create id-1'])
  })

  it('destroys with the private state it kept', async () => {
    await toy.apply(one(FULL))
    await toy.destroy()
    expect(cloud.objects.size).toBe(0)
  })

  it('stops at once when Terraform is interrupted, keeping what was saved', async () => {
    const running = await toy.startApply('resource "toy_slow" "s" {\n  partial = true\n}\n', (text) => {
      if (text.includes('apply_start')) setTimeout(() => running.interrupt(), 50)
    })
    const { code, stdout } = await running.finished
    expect(code).toBe(1)
    expect(stdout).toContain('Creating toy_slow was interrupted')
    expect(await value('toy_slow.s')).toMatchObject({ id: 'id-1' })
    await toy.destroy()
    expect(cloud.calls).toEqual(['create id-1', 'delete id-1'])
  })

  it('fails with the limit and the way to raise it when a timeout runs out', async () => {
    await expect(toy.apply('resource "toy_slow" "s" {\n  timeouts {\n    create = "100ms"\n  }\n}\n')).rejects.toThrow(
      /Creating toy_slow was not done after 0.1 seconds.*`timeouts` block/s,
    )
  })
})
