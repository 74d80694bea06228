import { expect, it } from 'vitest'
import { defineWith, isKnown, s, Unknown } from '../src/index.ts'
import { testProvider } from '../src/testing/index.ts'
import { describeTerraforms } from './support/terraforms.ts'
import { ToyCloud } from './toy/cloud.ts'
import { toyProvider } from './toy/provider.ts'

const define = defineWith()

/** Its records have keys and names that are known while planning; only their targets are not. */
const zone = define.resource({
  schema: {
    domain: s.string().required().requiresReplace(),
    records: s
      .map(s.object({ name: s.string().computed(), target: s.string().computed() }))
      .computed()
      .useStateForUnknown(),
    checks: s.list(s.object({ name: s.string().computed(), note: s.string().computed().nullable() })).computed(),
  },
  modifyPlan({ action, plan }) {
    if (action !== 'create' || !isKnown(plan.domain)) return undefined
    return { records: { dmarc: { name: `_dmarc.${plan.domain}`, target: Unknown } } }
  },
  create: ({ plan }) => ({
    records: { dmarc: { name: `_dmarc.${plan.domain}`, target: 'x.dmarc.test' } },
    checks: [{ name: 'dmarc', note: null }],
  }),
  read: ({ state }) => state,
  delete() {},
})

/** Takes its configuration from a resource, so it may be unknown while planning. */
const echo = define.dataSource({
  schema: {
    text: s.string().required(),
    options: s.object({ upper: s.bool().default(false) }).optional(),
    words: s.list(s.object({ text: s.string().computed(), size: s.integer().computed() })).computed(),
  },
  read: ({ config }) => ({
    words: config.text
      .split(' ')
      .map((text) => ({ text: config.options?.upper ? text.toUpperCase() : text, size: text.length })),
  }),
})

const provider = define.provider({ name: 'zone', resources: { zone_zone: zone }, dataSources: { zone_echo: echo } })

describeTerraforms(({ program: terraform }) => {
  it('creates one resource for each planned key of another in the same apply', async () => {
    await using zones = await testProvider(provider, { terraform })
    const hcl = `resource "zone_zone" "a" {
  domain = "example.test"
}
resource "terraform_data" "record" {
  for_each = zone_zone.a.records
  input    = "\${each.value.name} -> \${each.value.target}"
}
`
    const { changes } = await zones.plan(hcl)
    expect(changes.map(({ address }) => address)).toContain('terraform_data.record["dmarc"]')
    await zones.apply()
    await zones.expectEmptyPlan()
    expect((await zones.state()).resources['terraform_data.record["dmarc"]']).toMatchObject({
      output: '_dmarc.example.test -> x.dmarc.test',
    })
  })

  it('reads a data source later when its configuration is not known yet', async () => {
    await using zones = await testProvider(provider, { terraform })
    await zones.apply(`resource "zone_zone" "a" {
  domain = "example.test"
}
data "zone_echo" "e" {
  text = "to \${zone_zone.a.records["dmarc"].target}"
  options = { upper = true }
}
data "zone_echo" "plain" {
  text = "a"
}
output "words" {
  value = [data.zone_echo.e.words, data.zone_echo.plain.words]
}
`)
    await zones.expectEmptyPlan()
    expect((await zones.state()).outputs.words).toEqual([
      [
        { text: 'TO', size: 2 },
        { text: 'X.DMARC.TEST', size: 12 },
      ],
      [{ text: 'a', size: 1 }],
    ])
  })

  it('handles blocks whose number is not known yet', async () => {
    await using toy = await testProvider(toyProvider(), { terraform })
    await toy.apply(`resource "toy_ticket" "t" {
  title = "x"
}
resource "toy_server" "a" {
  name = "a"
  dynamic "rule" {
    for_each = toy_ticket.t.id == "id-1" ? [1, 2] : []
    content {
      port = rule.value
    }
  }
  dynamic "exclude" {
    for_each = toset([toy_ticket.t.id])
    content {
      host = exclude.value
    }
  }
  labels = { (toy_ticket.t.id) = "x" }
  members = { for k in [toy_ticket.t.id] : k => { role = "r" } }
  peers = [for k in [toy_ticket.t.id] : { host = k }]
}
`)
    await toy.expectEmptyPlan()
    expect((await toy.state()).resources['toy_server.a']).toMatchObject({
      rule: [{ port: 1 }, { port: 2 }],
      exclude: [{ host: 'id-1' }],
      members: { 'id-1': { role: 'r', joined: 'by id-1' } },
      peers: [{ host: 'id-1', key: 'key of id-1' }],
    })
  })

  it('imports a resource with everything in it', async () => {
    const cloud = new ToyCloud()
    await using toy = await testProvider(toyProvider(cloud), { terraform })
    const hcl =
      'resource "toy_server" "a" {\n  name = "imported"\n  disks = [{ size = 1 }]\n  limit {\n    cpu = 1\n  }\n}\n'
    await toy.apply(hcl)
    await toy.run('state', 'rm', 'toy_server.a')
    await toy.import('toy_server.a', 'id-1')
    await toy.expectEmptyPlan()
    await toy.destroy()
    expect(cloud.calls).toEqual(['create id-1', 'delete id-1'])
  })

  it('creates the new before it destroys the old', async () => {
    const cloud = new ToyCloud()
    await using toy = await testProvider(toyProvider(cloud), { terraform })
    const hcl = (name: string) =>
      `resource "toy_server" "a" {\n  name = "${name}"\n  lifecycle {\n    create_before_destroy = true\n  }\n}\n`
    await toy.apply(hcl('one'))
    await toy.apply(hcl('two'))
    await toy.expectEmptyPlan()
    expect(cloud.calls).toEqual(['create id-1', 'create id-2', 'delete id-1'])
  })

  it('keeps what an author ignores and what is prevented from being destroyed', async () => {
    const cloud = new ToyCloud()
    await using toy = await testProvider(toyProvider(cloud), { terraform })
    const hcl = (kind: string) =>
      `resource "toy_server" "a" {\n  name = "a"\n  kind = "${kind}"\n  lifecycle {\n    ignore_changes = [kind]\n    prevent_destroy = true\n  }\n}\n`
    await toy.apply(hcl('small'))
    await toy.apply(hcl('large'))
    expect(cloud.calls).toEqual(['create id-1'])
    await expect(toy.destroy()).rejects.toThrow(/cannot be destroyed/)
  })

  it('manages two hundred resources at once', async () => {
    const cloud = new ToyCloud()
    await using toy = await testProvider(toyProvider(cloud), { terraform })
    await toy.apply(`resource "toy_ticket" "t" {\n  count = 200\n  title = "t \${count.index}"\n}\n`)
    await toy.expectEmptyPlan()
    expect(cloud.objects.size).toBe(200)
    await toy.destroy()
    expect(cloud.objects.size).toBe(0)
  })
})
