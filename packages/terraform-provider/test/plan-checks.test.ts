import type { TerraformError } from '@dmarc-as-code/terraform-plugin/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressesIn, type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())

  const domain = (settings: string, address = 'shop.test', name = 'this') =>
    `resource "dmarcreport_domain" "${name}" {\n  address = "${address}"\n${settings}}\n`
  /** What a plan warns of that succeeds. */
  const warnings = async (hcl: string) => (await bench.terraform.plan(hcl)).diagnostics
  const failure = (hcl: string) => bench.terraform.plan(hcl).catch((error: TerraformError) => error.diagnostics)

  describe('a plan fails where its apply would, at the attribute', () => {
    it.each([
      ['an account that does not exist', '  account_id = "Sandbx"\n', 'Account "Sandbx" not found', '"Sandbx"'],
      ['the ID of an account that does not exist', '  account_id = "98765"\n', 'Account "98765" not found', '"98765"'],
      ['an empty account', '  account_id = ""\n', 'Invalid value for account_id', '""'],
      ['a tag that does not exist', '  tags = ["nope"]\n', 'Tag "nope" not found', '["nope"]'],
    ])('on %s', async (_, settings, summary, code) => {
      expect(await failure(domain(settings))).toMatchObject([
        { severity: 'error', summary, snippet: { code: expect.stringContaining(code) } },
      ])
    })

    it('on a domain that two resources create, in two spellings of its name', async () => {
      const twice = domain('', 'münchen.test', 'a') + domain('', 'XN--mnchen-3ya.test', 'b')
      expect(await failure(twice)).toMatchObject([
        { severity: 'error', summary: 'Domain xn--mnchen-3ya.test is declared twice' },
      ])
    })

    it('on a domain that two resources create in one account, by its ID and by its slug', async () => {
      const twice =
        domain('  account_id = "sandbox"\n') + domain(`  account_id = "${bench.sandbox.accountId}"\n`, 'shop.test', 'b')
      expect(await failure(twice)).toMatchObject([{ summary: 'Domain shop.test is declared twice' }])
    })

    it('on a tag that two resources create, and warns of a name that exists', async () => {
      const { terraform, api } = bench
      const tag = (name: string, label = 'this') => `resource "dmarcreport_tag" "${label}" {\n  name = "${name}"\n}\n`
      expect(await failure(tag('Twice') + tag('Twice', 'b'))).toMatchObject([
        { severity: 'error', summary: 'Tag "Twice" is declared twice' },
      ])
      const taken = await api.tags.create({ name: 'Taken', color: '#000000' })
      await terraform.apply(tag('Free'))
      const refusal = [
        {
          severity: 'warning',
          summary: 'Tag "Taken" already exists',
          detail: expect.stringContaining(`id = "${taken.id}"`),
        },
      ]
      expect(await warnings(tag('Taken'))).toMatchObject(refusal)
      await terraform.apply(tag('Free'), { args: ['-replace=dmarcreport_tag.this'] })
      await terraform.destroy()
      expect(await warnings(tag('Taken'))).toMatchObject(refusal)
      await api.tags.delete(taken.id)
    })

    it('warns of a domain that exists and is not managed, but not of one that is replaced', async () => {
      const { terraform, api, sandbox } = bench
      const { id } = await api.domains.create(sandbox.accountId, {
        address: 'xn--mnchen-3ya.test',
        rua_report: true,
        ruf_report: true,
      })
      expect(await warnings(domain('', 'münchen.test'))).toMatchObject([
        {
          severity: 'warning',
          summary: 'Domain xn--mnchen-3ya.test already exists',
          detail: expect.stringContaining('import {'),
          snippet: { code: expect.stringContaining('address') },
        },
      ])
      await api.domains.delete(sandbox.accountId, id)
      await terraform.apply(domain('', 'münchen.test'))
      await terraform.apply(domain('', 'münchen.test'), { args: ['-replace=dmarcreport_domain.this'] })
      await terraform.apply(domain('  parked = true\n', 'münchen.test'))
      await terraform.destroy()
    })

    it('on an account ID of the provider block that does not exist, and warns of a name that may still be created', async () => {
      const block = (account: string) => `provider "dmarcreport" {\n  account = "${account}"\n}\n`
      expect(await failure(block('98765') + domain(''))).toMatchObject([
        { summary: 'Account "98765" not found', detail: expect.stringContaining('`account` of the provider block') },
      ])
      const { diagnostics } = await bench.terraform.plan(block('Sandbx') + domain(''))
      expect(diagnostics).toMatchObject([{ severity: 'warning', summary: 'Account "Sandbx" does not exist yet' }])
    })

    it('not on an account that is created in the same apply and named by its title', async () => {
      const { terraform } = bench
      const account = 'resource "dmarcreport_account" "two" {\n  title = "By title"\n}\n'
      await terraform.apply(account + domain('  account_id = dmarcreport_account.two.title\n'))
      await terraform.expectEmptyPlan()
      await terraform.destroy()
    })

    it('on a record that two resources publish, in two spellings of its name, but not on one that is replaced', async () => {
      const { terraform } = bench
      const records = (name: string, label = 'this') =>
        `resource "dmarcreport_dns_records" "${label}" {\n  records = { one = { name = "${name}", value = "key.hosted.test" } }\n  rfc2136 = {}\n}\n`
      const twice = records('one.shop.test') + records('One.shop.test.', 'b')
      expect(await failure(twice)).toMatchObject([{ severity: 'error', summary: 'one.shop.test is declared twice' }])
      await terraform.apply(records('one.shop.test'))
      expect(await failure(twice)).toMatchObject([{ severity: 'error', summary: 'one.shop.test is declared twice' }])
      await terraform.apply(records('one.shop.test'), { args: ['-replace=dmarcreport_dns_records.this'] })
      await terraform.destroy()
    })

    it('on a domain that another resource has in the state, but not on one that is replaced', async () => {
      const { terraform } = bench
      await terraform.apply(domain(''))
      const more = domain('', 'Shop.test', 'a') + domain('', 'shop.test', 'z')
      const summaries = async (hcl: string) =>
        ((await failure(hcl)) as TerraformError['diagnostics'])
          .filter(({ severity }) => severity === 'error')
          .map(({ summary }) => summary)
      expect(await summaries(domain('') + domain('', 'Shop.test', 'a'))).toContain('Domain shop.test is declared twice')
      expect(await summaries(domain('') + more)).toContain('Domain shop.test is declared twice')
      for (const args of [[], ['-refresh=false']]) {
        await terraform.plan(domain(''), { args: [...args, '-replace=dmarcreport_domain.this'] })
      }
      await terraform.run('taint', 'dmarcreport_domain.this')
      await terraform.plan()
      await terraform.plan(domain('', 'shop.test', 'renamed'))
      await terraform.destroy()
    })

    it('on objects that two resources have in the state, as after importing them twice', async () => {
      const { terraform, api } = bench
      const objects = (label: string) =>
        `resource "dmarcreport_account" "${label}" {\n  title = "Owned"\n}\nresource "dmarcreport_tag" "${label}" {\n  name = "Owned"\n}\n` +
        domain('  account_id = "Sandbox"\n', 'owned.test', label)
      await terraform.apply(objects('a'))
      const account = (await api.accounts.list().all()).find(({ title }) => title === 'Owned')?.id
      const imported = Object.entries({ account: String(account), tag: 'Owned', domain: 'sandbox/owned.test' })
      const blocks = imported.map(([kind, id]) => `import {\n  to = dmarcreport_${kind}.b\n  id = "${id}"\n}\n`)
      const twice = ['Account "Owned"', 'Domain owned.test', 'Tag "Owned"'].map(
        (what) => `${what} is in the state twice`,
      )
      const summaries = async (hcl: string) =>
        ((await failure(hcl)) as TerraformError['diagnostics']).map(({ summary }) => summary).sort()
      expect(await summaries(objects('a') + objects('b') + blocks.join(''))).toEqual(twice)
      for (const [kind, id] of imported) await terraform.import(`dmarcreport_${kind}.b`, id)
      // Else the object of the one that stays would be deleted.
      expect(await summaries(objects('a'))).toEqual(twice)
      await terraform.run('state', 'rm', ...imported.map(([kind]) => `dmarcreport_${kind}.b`))
      await terraform.destroy()
      expect(await addressesIn(api)).toEqual([])
    })

    it('not on the same domain in two accounts, nor on a tag that is created before the domain', async () => {
      const { terraform } = bench
      const account = 'resource "dmarcreport_account" "two" {\n  title = "Two"\n}\n'
      const tag = 'resource "dmarcreport_tag" "new" {\n  name = "New"\n}\n'
      await terraform.apply(account)
      const two = domain('  account_id = dmarcreport_account.two.id\n', 'both.test', 'b')
      const one = domain(
        `  account_id = "${bench.sandbox.accountId}"\n  tags = [dmarcreport_tag.new.name]\n`,
        'both.test',
      )
      const later = domain(
        '  account_id = "Sandbox"\n  tags = ["New"]\n  depends_on = [dmarcreport_tag.new]\n',
        'x.test',
        'x',
      )
      await terraform.apply(account + tag + one + two + later)
      await terraform.expectEmptyPlan()
      await terraform.destroy()
    })
  })

  describe('an argument of the provider that is empty or known only after apply', () => {
    const later = (name: string, value: string) =>
      `resource "terraform_data" "later" {\n  input = "${value}"\n}\nprovider "dmarcreport" {\n  ${name} = terraform_data.later.output\n}\n`

    it.each([
      ['endpoint', 'http://127.0.0.1:9'],
      ['token', 'canary'],
      ['max_retries', '3'],
    ])('is not replaced by a default: %s is refused before anything is sent', async (name, value) => {
      const sent = bench.requests.length
      expect(await failure(later(name, value) + domain(''))).toMatchObject([
        {
          severity: 'error',
          summary: 'Provider argument not known yet',
          detail: expect.stringContaining(`\`${name}\``),
        },
      ])
      expect(bench.requests.slice(sent)).toEqual([])
    })

    it.each(['endpoint', 'token', 'account'])(
      '%s is refused where it is empty, before anything is sent',
      async (name) => {
        const sent = bench.requests.length
        const block = `provider "dmarcreport" {\n  ${name} = ""\n}\n`
        expect(await failure(block + domain(''))).toMatchObject([
          { summary: 'Provider argument is empty', detail: expect.stringContaining(`\`${name}\``) },
        ])
        expect(bench.requests.slice(sent)).toEqual([])
      },
    )

    it('is no reason to look in every account: a search waits until the account is known', async () => {
      const search = 'data "dmarcreport_domains" "all" {}\n'
      expect(await failure(later('account', 'Sandbox') + search)).toMatchObject([
        { severity: 'error', summary: 'Account not known yet' },
      ])
    })
  })

  describe('a domain with deletion_protection', () => {
    const protection = (value: boolean) => `  deletion_protection = ${value}\n`

    it('is neither deleted nor replaced, even when its block is gone, until it is switched off', async () => {
      const { terraform, api } = bench
      await terraform.apply(domain(protection(true)))
      await terraform.expectEmptyPlan()
      const refused = /Domain shop\.test is protected from deletion/
      await expect(terraform.plan('')).rejects.toThrow(refused)
      await expect(terraform.plan(domain(protection(false), 'other.test'))).rejects.toThrow(refused)
      await expect(terraform.plan(domain(`${protection(false)}  parked = true\n`))).rejects.toThrow(refused)
      await terraform.write(domain(protection(true)))
      await expect(terraform.destroy()).rejects.toThrow(refused)
      await expect(terraform.plan(undefined, { args: ['-replace=dmarcreport_domain.this'] })).rejects.toThrow(refused)
      await terraform.run('taint', 'dmarcreport_domain.this')
      await expect(terraform.plan()).rejects.toThrow(refused)
      await terraform.run('untaint', 'dmarcreport_domain.this')
      expect(await addressesIn(api)).toEqual(['shop.test'])
      await terraform.apply(domain(protection(false)))
      await terraform.destroy()
      expect(await addressesIn(api)).toEqual([])
    })
  })
})
