import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProvider } from '../src/provider.ts'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

// `terraform query` is new in Terraform 1.14. Its calls are made by the test; what it would write is then imported by the
// Terraform at hand.
describeTerraforms(({ program }) => {
  let bench: Bench
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
    const { sandbox, api } = bench
    const create = async (accountId: number, address: string, more = {}) => {
      const { id } = await api.domains.create(accountId, { address, rua_report: true, ruf_report: true, ...more })
      ids[address] = String(id)
    }
    await create(sandbox.accountId, 'shop.test', { tag_names: ['production', 'marketing'] })
    await create(sandbox.accountId, 'example.test', { tag_names: ['production'] })
    await create(sandbox.accountId, 'bücher.test')
    const { id: two } = await api.accounts.create({ title: 'Two' })
    await create(two, 'parked.test', { parked_domain: true })
    await api.domains.update(sandbox.accountId, Number(ids['example.test']), { hosted_dmarc: true })
  })
  afterAll(() => bench.close())
  type Config = Parameters<typeof bench.terraform.query>[1]
  type Options = Parameters<typeof bench.terraform.query>[2]
  const find = async (config?: Config, options?: Options) =>
    (await bench.terraform.query('dmarcreport_domain', config, options)).results
  const names = async (config?: Config, options?: Options) => (await find(config, options)).map(({ name }) => name)

  it('finds all domains, or those of an account, with all of some tags, or with a text in their name', async () => {
    const all = ['example.test', 'parked.test', 'shop.test', 'xn--bcher-kva.test']
    expect(await names()).toEqual(all)
    expect(await names({ account_id: 'Two' })).toEqual(['parked.test'])
    expect(await names({}, { provider: { account: 'Two' } })).toEqual(['parked.test'])
    expect(await names({ tags: ['production'] })).toEqual(['example.test', 'shop.test'])
    expect(await names({ tags: ['production', 'marketing'] })).toEqual(['shop.test'])
    expect(await names({ query: 'AMPL' })).toEqual(['example.test'])
    expect(await names({ query: 'büch' })).toEqual(['xn--bcher-kva.test'])
    expect(await names({ query: 'nowhere' })).toEqual([])
    expect(await names({}, { limit: 2 })).toEqual(all.slice(0, 2))
  })

  it('takes one request, whatever is found', async () => {
    bench.requests.length = 0
    await find({ tags: ['production'] }, { includeResource: true })
    expect(bench.requests).toEqual(['GET /v2/all_domains.json'])
  })

  it('fails on an account that is not there, naming those that are', async () => {
    await expect(find({ account_id: 'Nobody' })).rejects.toThrow(/Account "Nobody" not found[\s\S]*Sandbox/)
  })

  it('gives the state that an import of the identity reads', async () => {
    const { terraform } = bench
    for (const { name, identity, resource } of await find({}, { includeResource: true })) {
      expect(identity).toEqual({ id: ids[name] ?? ids['bücher.test'] })
      await terraform.write(`import {\n  to = dmarcreport_domain.this\n  id = "${identity.id}"\n}\n`)
      await terraform.run('plan', '-generate-config-out=generated.tf')
      await terraform.apply()
      const state = (await terraform.state()).resources['dmarcreport_domain.this']
      expect({ timeouts: null, ...resource }).toEqual(state)
      await terraform.run('state', 'rm', 'dmarcreport_domain.this')
      await rm(`${terraform.folder}/generated.tf`)
    }
  }, 60_000)

  it('finds the tags, or those with a text in their name, as an import reads them', async () => {
    const tags = async (config?: Config) =>
      (await bench.terraform.query('dmarcreport_tag', config, { includeResource: true })).results
    const all = await bench.api.tags.list().all()
    expect((await tags()).map(({ name }) => name)).toEqual(all.map(({ name }) => name).sort())
    const [found, ...others] = await tags({ query: 'MARKET' })
    expect(others).toEqual([])
    const { terraform } = bench
    await terraform.write(`import {\n  to = dmarcreport_tag.this\n  id = "${found?.identity.id}"\n}\n`)
    await terraform.run('plan', '-generate-config-out=generated.tf')
    await terraform.apply()
    expect((await terraform.state()).resources['dmarcreport_tag.this']).toEqual(found?.resource)
    await terraform.run('state', 'rm', 'dmarcreport_tag.this')
    await rm(`${terraform.folder}/generated.tf`)
  })

  it('is imported by its identity, which only Terraform 1.12 and later can say', async () => {
    const { sandbox } = bench
    const { definition } = createProvider({
      workFolder: bench.terraform.folder,
      env: { DMARCREPORT_TOKEN: sandbox.token, DMARCREPORT_ENDPOINT: sandbox.apiUrl },
    })
    const quiet = () => {}
    const context = {
      signal: new AbortController().signal,
      log: { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet },
      diagnostics: { error: quiet, warning: quiet },
      defer: (why: string): never => expect.unreachable(why),
    }
    const unset = { token: null, endpoint: null, account: null, max_retries: null, request_timeout: null, dns: null }
    const client = await definition.configure?.({ ...context, config: unset as never, terraformVersion: '1.14.0' })
    const imported = await definition.resources?.dmarcreport_domain?.definition.importState?.({
      ...context,
      client,
      id: '',
      identity: { id: ids['shop.test'] } as never,
      private: { get: () => undefined, set: quiet },
    })
    expect(imported).toEqual({ id: ids['shop.test'], account_id: String(sandbox.accountId) })
  })
})

describeTerraforms(
  ({ program }) => {
    it('terraform query writes configuration that imports domains and tags with nothing to change', async () => {
      const bench = await startBench({ terraform: program })
      const { terraform, api, sandbox } = bench
      try {
        const wanted = { rua_report: true, ruf_report: false, tag_names: ['production'] }
        const { id } = await api.domains.create(sandbox.accountId, { address: 'shop.test', ...wanted })
        await api.domains.create(sandbox.accountId, { address: 'parked.test', ...wanted, parked_domain: true })
        await api.domains.update(sandbox.accountId, id, {
          hosted_dmarc: true,
          hosted_mta_sts: true,
          mta_sts_report: true,
          mta_sts_policy: { mode: 'testing', mx: ['mx.shop.test'], mx_age: 3 },
        })
        await terraform.write('provider "dmarcreport" {}\n')
        const lists = ['domain', 'tag'].map(
          (kind) => `list "dmarcreport_${kind}" "all" {\n  provider = dmarcreport\n}\n`,
        )
        await writeFile(join(terraform.folder, 'all.tfquery.hcl'), lists.join(''))
        const queried = await terraform.run('query', '-no-color', '-generate-config-out=found.tf')
        expect(queried.stdout, queried.stderr).toMatch(/parked\.test[\s\S]*shop\.test/)
        const { changes, diagnostics } = await terraform.plan()
        expect(diagnostics).toEqual([])
        expect(changes.map(({ address }) => address)).toContain('dmarcreport_domain.all_1')
        expect(changes.filter(({ actions, importing }) => actions.join() !== 'no-op' || !importing)).toEqual([])
        await terraform.apply()
        await terraform.expectEmptyPlan()
      } finally {
        await bench.close()
      }
    })
  },
  { terraform: '1.14' },
)
