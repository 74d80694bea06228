import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import { reasonText } from '@dmarc-as-code/records/reasons'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { type TestWorkspace, testProvider } from '@dmarc-as-code/terraform-plugin/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startBind, type TestZone } from '../../../test-support/bind.ts'
import type { DnsDaemon } from '../../../test-support/dns-daemon.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import {
  dmarcSituations,
  dmarcTarget,
  dmarcZones,
  mtaStsSituations,
  mtaStsTargets,
  mtaStsZones,
} from '../../../test-support/weakening/index.ts'
import { LiveDns } from '../src/live/live-dns.ts'
import { createProvider } from '../src/provider.ts'
import { type Bench, clientOf, liveDnsOf, providerEnvironment, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const key = {
  name: 'k',
  algorithm: 'hmac-sha256',
  secret: Buffer.from('weakening-weakening-weakening-12').toString('base64'),
} as const
const REASON = 'Moving to another service'
const unneeded = '`allow_weaker` is not needed any more'

/** A domain whose record at another service is weaker than the hosted one. */
const moreZones: TestZone[] = [
  { name: 'weaker-service.test', records: ['_dmarc IN CNAME weak.dmarc.elsewhere2.test.'] },
  { name: 'elsewhere2.test', records: ['weak.dmarc IN TXT "v=DMARC1; p=none; rua=mailto:in@hosted.test"'] },
]

/** The provider on the zones of a BIND, with the API of a sandbox. */
async function start(
  program: string,
  sandbox: Sandbox,
  zones: TestZone[],
  policies?: PolicyFetcher,
  mx = new Map<string, string[]>(),
) {
  const server: DnsDaemon = await startBind({ zones, keys: [key] })
  const { address, port } = server
  const stubZones = [{ zone: '.', servers: [{ address, port }] }]
  const live = new LiveDns(async () => createResolver({ client: createDnsClient(), stubZones, recursors: [] }))
  const workFolder = await mkdtemp(join(tmpdir(), 'weakening-'))
  const env = providerEnvironment({ ...sandbox, dns: { address, port }, tsig: key })
  const resolveMx = async (domain: string) => mx.get(domain) ?? []
  const provider = createProvider({ env, live, workFolder, resolveMx, ...(policies && { policies }) })
  const terraform = await testProvider(provider, { terraform: program, timeout: 120_000 })
  const close = async () => {
    await terraform.close()
    await server.close()
    await rm(workFolder, { recursive: true, force: true })
  }
  return { terraform, close }
}

type Diagnostics = readonly { severity: string; summary: string; detail: string; address?: string | undefined }[]
const failure = async (plan: Promise<unknown>): Promise<Diagnostics> => {
  const error = await plan.then(
    () => new Error('The plan succeeded.'),
    (thrown: Error) => thrown,
  )
  if (!('diagnostics' in error)) throw error
  return error.diagnostics as Diagnostics
}
const about = (diagnostics: Diagnostics, severity: string, summary: RegExp) =>
  diagnostics
    .filter((one) => one.severity === severity && summary.test(one.summary))
    .map(({ address }) => /"(.*)"/.exec(address ?? '')?.[1])
    .sort()
const ids = (situations: readonly { id: string }[]) => situations.map(({ id }) => id).sort()

const records = (situations: object, more = '') => `
resource "dmarcreport_dns_records" "this" {
  for_each    = ${JSON.stringify(situations)}
  records     = each.value
  on_conflict = "replace"
  rfc2136     = {}
  ${more}
}
`
const consent = `allow_weaker = "${REASON}"`

describe.skipIf(!hasPrograms('named'))('a plan that weakens what is live, on zones of BIND', () => {
  describeTerraforms(({ program }) => {
    let sandbox: Sandbox
    let terraform: TestWorkspace
    let close: () => Promise<void>
    beforeAll(async () => {
      sandbox = await createSandbox()
      ;({ terraform, close } = await start(program, sandbox, [...dmarcZones(), ...moreZones]))
    })
    afterEach(async () => {
      await terraform.write('')
      await terraform.destroy()
    })
    afterAll(async () => {
      await close?.()
      await sandbox?.close()
    })

    const cnames = Object.fromEntries(
      dmarcSituations.map((one) => [one.id, { dmarc: { name: `_dmarc.${one.domain}`, value: dmarcTarget(one) } }]),
    )
    const weakening = dmarcSituations.filter(({ verdict }) => verdict.needsConsent)
    const unknown = dmarcSituations.filter(({ verdict }) => verdict.grade === 'unknown')

    it('is refused for records with before and after, and warned about where the effect is unknown', async () => {
      const diagnostics = await failure(terraform.plan(records(cnames)))
      expect(about(diagnostics, 'error', /./)).toEqual(ids(weakening))
      expect(about(diagnostics, 'warning', /is unknown/)).toEqual(ids(unknown))
      for (const { id, domain, hosted } of weakening) {
        const error = diagnostics.find((one) => one.severity === 'error' && one.address?.includes(`"${id}"`))
        expect(error?.summary).toBe(`Weakens protection at ${domain}.`)
        expect(error?.detail).toMatch(/^Before: v=DMARC1.*\nAfter: v=DMARC1/)
        expect(error?.detail).toContain(`After: ${hosted}`)
        expect(error?.detail).toContain('set `allow_weaker` to the reason')
      }
      const stronger = diagnostics.find((one) => one.severity === 'error' && one.address?.includes('"stronger-own"'))
      const policy = { before: 'reject', after: 'none' }
      expect(stronger?.detail).toContain(reasonText('effect', 'policy-weaker', policy).explanation)
    })

    it('passes for records with a reason, which is warned about once it is not needed', async () => {
      const { diagnostics: first } = await terraform.plan(records(cnames, consent))
      const needless = dmarcSituations.filter((one) => !weakening.includes(one) && !unknown.includes(one))
      expect(about(first, 'warning', new RegExp(unneeded))).toEqual(ids(needless))
      await terraform.apply()
      const { diagnostics: second } = await terraform.plan()
      expect(about(second, 'warning', new RegExp(unneeded))).toEqual(ids(dmarcSituations))
      await terraform.apply(records(cnames))
      await terraform.expectEmptyPlan()
    })

    it('warns of what destroying the records does to mail', async () => {
      const ours = dmarcSituations.filter(({ id }) => id === 'none' || id === 'weaker-own')
      const some = Object.fromEntries(ours.map(({ id }) => [id, cnames[id]]))
      await terraform.apply(records(some))
      const { diagnostics } = await terraform.plan('')
      const effects = diagnostics.filter(({ summary }) => /changes the protection of/.test(summary))
      expect(effects.map(({ summary }) => summary).sort()).toEqual([
        'Destroying the record at _dmarc.none.test changes the protection of none.test',
        'Destroying the record at _dmarc.weaker-own.test changes the protection of weaker-own.test',
      ])
      expect(effects.map(({ detail }) => detail).join()).toContain(
        'The policy for the domain goes from reject to none.',
      )
    })

    it('warns of what is no longer among the records, and of what comes back behind a CNAME', async () => {
      const removal = (diagnostics: Diagnostics) =>
        diagnostics.filter(({ summary }) => /changes the protection of/.test(summary))
      const keyed = (ids: string[]) => `
resource "dmarcreport_dns_records" "many" {
  records     = ${JSON.stringify(Object.fromEntries(ids.map((id) => [id, cnames[id]?.dmarc])))}
  on_conflict = "replace"
  rfc2136     = {}
}
`
      await terraform.apply(keyed(['weaker-own', 'none']))
      const dropped = removal((await terraform.plan(keyed(['weaker-own']))).diagnostics)
      expect(dropped.map(({ summary }) => summary)).toEqual([
        'Removing the record at _dmarc.none.test changes the protection of none.test',
      ])
      await terraform.apply(keyed(['weaker-own']))
      const both = removal((await terraform.plan(keyed([]))).diagnostics)
      expect(both).toMatchObject([
        { detail: expect.stringContaining('The policy for the domain goes from reject to none.') },
      ])
      await terraform.write('')
      await terraform.destroy()

      const elsewhere = { name: '_dmarc.weaker-service.test', value: dmarcTarget({ id: 'weaker-own' }) }
      const moved = records({ moved: { dmarc: elsewhere } })
      await terraform.apply(moved)
      expect(removal((await terraform.plan('')).diagnostics)).toMatchObject([
        {
          summary: 'Destroying the record at _dmarc.weaker-service.test changes the protection of weaker-service.test',
          detail: expect.stringContaining('After: v=DMARC1; p=none; rua=mailto:in@hosted.test'),
        },
      ])
    })

    const domains = (settings: string, more = '') => `
locals {
  situations = ${JSON.stringify(Object.fromEntries(dmarcSituations.map((one) => [one.id, { domain: one.domain, policy: /p=(\w+)/.exec(one.hosted)?.[1] }])))}
}
resource "dmarcreport_domain" "this" {
  for_each     = local.situations
  address      = each.value.domain
  hosted_dmarc = { ${settings} }
  ${more}
}
`

    it('is refused for domains, at the hosted record, and passes with a reason', async () => {
      // The address of the table is kept, so that the service's own addresses are all that comes.
      const settings = 'policy = each.value.policy, extra_rua = ["in@hosted.test"]'
      const diagnostics = await failure(terraform.plan(domains(settings)))
      expect(about(diagnostics, 'error', /^Weakens protection at/)).toEqual(ids(weakening))
      expect(about(diagnostics, 'warning', /is unknown/)).toEqual(ids(unknown))
      const error = diagnostics.find(({ address }) => address?.includes('"stronger-own"'))
      expect(error?.detail).toMatch(/rua=\(the service\)|the service/)
      expect(error?.detail).toContain('from_current = true')
      expect(JSON.stringify(diagnostics)).not.toContain('service.invalid')
      await terraform.plan(domains(settings, consent))
    })

    it('is not needed with from_current, which keeps policy, alignment and addresses', async () => {
      const diagnostics = await failure(terraform.plan(domains('from_current = true')))
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
        { summary: 'Could not read the current DMARC record of unreadable.test', address: /"unreadable"/ },
      ])
      const readable = domains('from_current = true').replace(
        'for_each     = local.situations',
        'for_each     = { for id, one in local.situations : id => one if id != "unreadable" }',
      )
      const { changes } = await terraform.plan(readable)
      const taken = Object.fromEntries(
        changes.map(({ address, after }) => {
          const dmarc = after?.hosted_dmarc as { current_record: string | null } | undefined
          return [/"(.*)"/.exec(address)?.[1], dmarc?.current_record]
        }),
      )
      expect(taken).toEqual({
        'stronger-own': 'v=DMARC1; p=reject; sp=reject; rua=mailto:soc@stronger-own.test',
        'only-policy': 'v=DMARC1; p=quarantine; rua=mailto:in@hosted.test',
        'weaker-own': 'v=DMARC1; p=none; rua=mailto:in@hosted.test',
        'equal-own': 'v=DMARC1; p=reject; sp=reject; adkim=r; rua=mailto:in@hosted.test',
        'more-addresses': 'v=DMARC1; p=reject; rua=mailto:soc@more-addresses.test,mailto:in@hosted.test',
        'several-own': null,
        'other-service': 'v=DMARC1; p=reject; rua=mailto:in@elsewhere.test',
        inherited: 'v=DMARC1; p=reject; rua=mailto:in@hosted.test',
        wildcard: 'v=DMARC1; p=reject; rua=mailto:in@hosted.test',
        parked: 'v=DMARC1; p=reject; sp=reject',
        none: null,
      })
      await terraform.apply()
      await terraform.expectEmptyPlan()
      const api = clientOf(sandbox)
      const published = (await api.domains.list().all()).find(({ address }) => address === 'stronger-own.test')
      expect(published?.current_dmarc_config).toMatch(
        /p=reject; sp=reject; .*rua=mailto:soc@stronger-own\.test,mailto:/,
      )
      // Settings beside it take precedence, and what was taken over stays.
      await terraform.plan(readable.replace('from_current = true', 'from_current = true, dkim_alignment = "strict"'))
      await terraform.apply()
      await terraform.expectEmptyPlan()
      const tightened = await api.domains.get(sandbox.accountId, published?.id ?? 0)
      expect(tightened.current_dmarc_config).toMatch(/p=reject; .*adkim=s.*mailto:soc@stronger-own\.test/)
    })
  })

  describeTerraforms(({ program }) => {
    let sandbox: Sandbox
    let terraform: TestWorkspace
    let close: () => Promise<void>
    const [liveAddress, hostedAddress] = ['127.0.0.1', '127.0.0.2']
    const mx = new Map<string, string[]>()
    /** A domain whose live policy has become stronger since. */
    let enforced: string | undefined
    beforeAll(async () => {
      sandbox = await createSandbox()
      const policies: PolicyFetcher = {
        async fetch(host, [address = '']) {
          const one = mtaStsSituations.find(({ domain }) => host === `mta-sts.${domain}`)
          const served = one?.[address === liveAddress ? 'live' : 'hosted']
          const body = one && one.domain === enforced ? served?.replace('mode: testing', 'mode: enforce') : served
          return { ok: true, address, status: body ? 200 : 404, contentType: 'text/plain', body: body ?? '' }
        },
      }
      ;({ terraform, close } = await start(program, sandbox, mtaStsZones(liveAddress, hostedAddress), policies, mx))
    })
    afterAll(async () => {
      await close?.()
      await sandbox?.close()
    })

    it('is refused where the MTA-STS mode becomes weaker, for records and for domains', async () => {
      const cnames = Object.fromEntries(
        mtaStsSituations.map((one) => {
          const target = mtaStsTargets(one)
          const host = { name: `mta-sts.${one.domain}`, value: target.mta_sts_policy }
          return [one.id, { host, id: { name: `_mta-sts.${one.domain}`, value: target.mta_sts_id } }]
        }),
      )
      const weakening = mtaStsSituations.filter(({ verdict }) => verdict.needsConsent)
      const diagnostics = await failure(terraform.plan(records(cnames)))
      expect(about(diagnostics, 'error', /^Weakens protection at/)).toEqual(ids(weakening))
      await terraform.plan(records(cnames, consent))

      const [one] = weakening
      const domain = (mode: string) => `
resource "dmarcreport_domain" "this" {
  address        = "${one?.domain}"
  hosted_mta_sts = { mode = "${mode}", mx = ["mx.mail.test"] }
}
`
      const [error] = await failure(terraform.plan(domain('testing')))
      expect(error?.detail).toContain('The MTA-STS mode goes from enforce to testing.')
      expect(error?.detail).toContain('hosted_mta_sts = { from_current = true }')
      await terraform.plan(domain('enforce'))
    })

    it('is not needed with from_current, which keeps mode, mail hosts and age of the live policy', async () => {
      const domains = (settings = '') => `
resource "dmarcreport_domain" "this" {
  for_each       = ${JSON.stringify(Object.fromEntries(mtaStsSituations.map((one) => [one.id, one.domain])))}
  address        = each.value
  hosted_mta_sts = { from_current = true ${settings} }
}
`
      const noPolicy = mtaStsSituations.find(({ live }) => live === null)?.domain ?? ''
      expect(await failure(terraform.plan(domains()))).toMatchObject([
        {
          summary: `No MTA-STS policy to begin with for ${noPolicy}`,
          detail: expect.stringContaining(`${noPolicy} has no MX records`),
        },
      ])
      mx.set(noPolicy, ['mx.mail.test'])
      const { changes } = await terraform.plan(domains())
      const hosted = Object.fromEntries(
        changes.map(({ address, after }) => [/"(.*)"/.exec(address)?.[1], after?.hosted_mta_sts]),
      )
      const mode = (live: string | null) => /mode: (\w+)/.exec(live ?? '')?.[1] ?? 'testing'
      const days = (live: string | null) => Number(/max_age: (\d+)/.exec(live ?? '')?.[1] ?? 604_800) / 86_400
      expect(hosted).toMatchObject(
        Object.fromEntries(
          mtaStsSituations.map(({ id, live }) => [
            id,
            { mode: mode(live), mx: ['mx.mail.test'], max_age_days: days(live) },
          ]),
        ),
      )
      await terraform.apply()
      await terraform.expectEmptyPlan()
      // Settings beside it take precedence, and what hosting began with stays.
      const { changes: shorter } = await terraform.plan(domains(', max_age_days = 7'))
      expect(shorter.filter(({ actions }) => actions.includes('update'))).toMatchObject([
        { address: expect.stringContaining('shorter-age'), after: { hosted_mta_sts: { mode: 'enforce' } } },
      ])
      await terraform.apply()
      await terraform.expectEmptyPlan()
    })

    it('is refused by the apply of a saved plan where the live policy became stronger after the plan', async () => {
      await terraform.write('')
      await terraform.destroy()
      const [one] = mtaStsSituations.filter(({ live }) => live?.includes('mode: testing'))
      await terraform.plan(`
resource "dmarcreport_domain" "this" {
  address        = "${one?.domain}"
  hosted_mta_sts = { mode = "testing", mx = ["mx.mail.test"] }
}
`)
      enforced = one?.domain
      const { code, stderr } = await terraform.run('apply', '-no-color', 'test.tfplan')
      expect(stderr).toContain('The MTA-STS mode goes from enforce to testing.')
      expect(code).toBe(1)
    })
  })
})

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())
  const domain = (settings: string) => `
resource "dmarcreport_domain" "this" {
  address = "shop.test"
  ${settings}
}
resource "dmarcreport_dns_records" "this" {
  records = dmarcreport_domain.this.cnames
  rfc2136 = {}
}
`
  const live = async () => {
    const run = await liveDnsOf(bench.sandbox).begin(AbortSignal.timeout(10_000))
    const { records: found } = await run.lookUp({ name: '_dmarc.shop.test', type: 'TXT' })
    return found.flatMap((one) => (one.type === 'TXT' ? [one.data] : [])).join()
  }

  it('refuses to apply a saved plan where the live record became stronger after the plan', async () => {
    const { terraform, sandbox } = bench
    const zone = sandbox.zone('shop.test')
    zone.remove('_dmarc.shop.test')
    const { diagnostics } = await terraform.plan(
      'resource "dmarcreport_domain" "this" {\n  address = "shop.test"\n  hosted_dmarc = { policy = "none" }\n}\n',
    )
    expect(diagnostics).toEqual([])
    zone.setRrsets('_dmarc.shop.test', [{ type: 'TXT', ttl: 60, data: ['v=DMARC1; p=reject'] }])
    const { code, stderr } = await terraform.run('apply', '-no-color', 'test.tfplan')
    expect(stderr).toContain('The policy for the domain goes from reject to none.')
    expect(code).toBe(1)
    expect(await bench.api.domains.list().all()).toEqual([])
    zone.remove('_dmarc.shop.test')
  })

  it('refuses to weaken the hosted record behind the CNAME, or to end hosting, and says what destroying does', async () => {
    const { terraform } = bench
    bench.sandbox.zone('shop.test').remove('_dmarc.shop.test')
    await terraform.apply(domain('hosted_dmarc = { policy = "reject" }'))
    await expect.poll(live, { timeout: 10_000 }).toContain('p=reject')
    const errors = async (settings: string) =>
      (await failure(terraform.plan(domain(settings)))).filter(({ severity }) => severity === 'error')
    expect(await errors('hosted_dmarc = { policy = "none" }')).toMatchObject([
      {
        summary: 'Weakens protection at shop.test.',
        detail: expect.stringContaining('The policy for the domain goes from reject to none.'),
        snippet: { code: expect.stringContaining('hosted_dmarc') },
      },
    ])
    expect(await errors('')).toMatchObject([{ detail: expect.stringContaining('After: none (no record)') }])
    const { diagnostics } = await terraform.plan('')
    expect(diagnostics.map(({ summary }) => summary)).toContain('Destroying ends the hosted DMARC record of shop.test')
    const moved = domain('hosted_dmarc = { policy = "reject" }').replace('shop.test', 'example.test')
    expect((await terraform.plan(moved)).diagnostics.map(({ summary }) => summary)).toContain(
      'Destroying ends the hosted DMARC record of shop.test',
    )
    // What is known only after the apply cannot be compared, which is said.
    const known = (policy: string) => `
resource "terraform_data" "policy" {
  input = "${policy}"
}
${domain('hosted_dmarc = { policy = terraform_data.policy.output }')}`
    await terraform.apply(known('reject'))
    expect((await terraform.plan(known('none'))).diagnostics).toMatchObject([
      {
        severity: 'warning',
        summary: 'The effect at shop.test is unknown: what will be hosted is known only after the apply.',
        snippet: { code: expect.stringContaining('hosted_dmarc') },
      },
    ])
    await terraform.apply(domain('hosted_dmarc = { policy = "reject" }'))
    // A stronger record needs no reason, and one that is given anyway is warned about.
    const stronger = 'hosted_dmarc = { policy = "reject", dkim_alignment = "strict" }'
    expect((await terraform.plan(domain(`${stronger}\n  ${consent}`))).diagnostics).toMatchObject([
      { severity: 'warning', summary: expect.stringContaining(unneeded) },
    ])
    await expect(terraform.validate(domain('allow_weaker = " "'))).rejects.toThrow(/The reason is empty/)
    await terraform.apply(domain(consent))
    expect(await bench.api.domains.list().all()).toMatchObject([{ hosted_dmarc: false }])
    await terraform.apply(domain(''))
    await terraform.expectEmptyPlan()
    await terraform.write('')
    await terraform.destroy()
  })
})
