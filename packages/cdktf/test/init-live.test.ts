import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { mailView } from '@dmarc-as-code/dns/apply'
import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parse, parseDocument } from 'yaml'
import { type DnsDaemon, startKnot } from '../../../test-support/knot.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { dmarcSituations, dmarcZones, mtaStsSituations, mtaStsZones } from '../../../test-support/weakening/index.ts'
import { command } from '../src/init/command.ts'
import { initFromAccount } from '../src/init/init.ts'
import { type LookAtMail, lookAtMail } from '../src/init/mail-view.ts'
import { sandboxEnv } from './examples/sandbox-env.ts'

const usual = { rua_report: true, ruf_report: true }
const clientOf = ({ token, apiUrl }: Sandbox, fetched: typeof fetch = fetch) =>
  new DmarcReportClient({ token, baseUrl: apiUrl, fetch: fetched })

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'init-live-'))
  return join(folder, 'project')
}

describe.skipIf(!hasPrograms('knotd'))('init for an account whose CNAMEs are not in place', () => {
  let knot: DnsDaemon
  let sandbox: Sandbox
  let folder: string
  let complained = ''
  beforeAll(async () => {
    knot = await startKnot({ zones: dmarcZones() })
    sandbox = await createSandbox()
    const client = clientOf(sandbox)
    for (const { domain: address, hosted } of dmarcSituations) {
      const { id } = await client.domains.create(sandbox.accountId, { address, ...usual })
      const { default_dmarc_record } = await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
      // The address of the table is kept, so that the service's own are all that comes.
      const hosted_dmarc_config = (default_dmarc_record ?? '')
        .replace('p=none', /p=\w+/.exec(hosted)?.[0] ?? '')
        .replace('rua=', 'rua=mailto:in@hosted.test,')
      await client.domains.update(sandbox.accountId, id, { hosted_dmarc_config })
    }
    folder = await emptyFolder()
    const code = await command(['init', '--from-account', '--dir', folder], {
      env: sandboxEnv({ ...sandbox, stubZones: [{ zone: '.', servers: [knot] }] }),
      out: { write: () => {} },
      err: { write: (text) => (complained += text) },
    })
    expect(code).toBe(0)
  }, 120_000)
  afterAll(async () => {
    await rm(join(folder, '..'), { recursive: true, force: true })
    await sandbox?.close()
    await knot?.close()
  })
  const named = (words: RegExp) => [...complained.matchAll(words)].map(([, address]) => address).sort()
  const those = (wanted: (one: (typeof dmarcSituations)[number]) => boolean) =>
    dmarcSituations
      .filter(wanted)
      .map(({ domain }) => domain)
      .sort()

  it('names every domain of the table that would become weaker, and no other', () => {
    const weaker = those(({ verdict }) => verdict.needsConsent)
    expect(named(/Weakens protection at (\S+)\. /g)).toEqual(weaker)
    expect(named(/The effect at (\S+) is unknown/g)).toEqual(those(({ verdict }) => verdict.grade === 'unknown'))
  })

  it('writes beside each of them what is live, what happens and how to keep it, and declares what is hosted', async () => {
    const text = await readFile(join(folder, 'domains.yaml'), 'utf8')
    const { domains } = parse(text) as { domains: { address: string; hostedDmarc: { policy: string } }[] }
    expect(domains.map(({ address }) => address)).toEqual(those(() => true))
    const document = parseDocument(text)
    for (const [index, { address, hostedDmarc }] of domains.entries()) {
      const { hosted, verdict } = dmarcSituations.find(({ domain }) => domain === address) ?? {}
      expect(hosted, address).toContain(`p=${hostedDmarc.policy}`)
      const comment = (document.getIn(['domains', index], true) as { commentBefore?: string }).commentBefore ?? ''
      expect(/Live: v=DMARC1/.test(comment), address).toBe(verdict?.needsConsent)
    }
    expect(text).toContain(
      [
        '  # What is hosted is weaker than what is live, and takes its place once the CNAMEs are there.',
        '  # Live: v=DMARC1; p=quarantine; rua=mailto:in@hosted.test (TXT at _dmarc.only-policy.test)',
      ].join('\n'),
    )
    expect(text).toContain('  # The policy for the domain goes from quarantine to none.\n')
    expect(text).toContain('  # To keep what is live, write `hostedDmarc: { fromCurrent: true }` here.')
  })
})

describe.skipIf(!hasPrograms('knotd'))('init for an account whose MTA-STS is served elsewhere', () => {
  let knot: DnsDaemon
  let sandbox: Sandbox
  beforeAll(async () => {
    knot = await startKnot({ zones: mtaStsZones('192.0.2.1', '192.0.2.2') })
    sandbox = await createSandbox()
  }, 120_000)
  afterAll(async () => {
    await sandbox?.close()
    await knot?.close()
  })

  it('names every domain of the table whose mode would become weaker, and how to keep it', {
    timeout: 120_000,
  }, async () => {
    const client = clientOf(sandbox)
    // What a service hosts is known from its API, also before its host serves it.
    const situations = mtaStsSituations.filter(({ hosted }) => hosted !== null)
    for (const { domain: address, hosted } of situations) {
      const mode = /mode: (testing|enforce)/.exec(hosted ?? '')?.[1] as 'testing' | 'enforce'
      const mx_age = Number(/max_age: (\d+)/.exec(hosted ?? '')?.[1]) / 86_400
      const mta_sts_policy = { mode, mx: ['mx.mail.test'], mx_age }
      const created = await client.domains.create(sandbox.accountId, { address, ...usual, mta_sts_policy })
      await client.domains.update(sandbox.accountId, created.id, { hosted_mta_sts: true, mta_sts_report: true })
    }
    const policies: PolicyFetcher = {
      async fetch(host, [address = '']) {
        const body = mtaStsSituations.find(({ domain }) => host === `mta-sts.${domain}`)?.live ?? ''
        return { ok: true, address, status: body ? 200 : 404, contentType: 'text/plain', body }
      },
    }
    const resolver = createResolver({
      client: createDnsClient(),
      stubZones: [{ zone: '.', servers: [knot] }],
      recursors: [],
    })
    const look: LookAtMail = (signal) => mailView(resolver, { policies, signal })
    const folder = await emptyFolder()
    onTestFinished(() => rm(join(folder, '..'), { recursive: true, force: true }))
    const { notes } = await initFromAccount({ client, folder, framework: 'cdktn', look })
    const weaker = situations.filter(({ verdict }) => verdict.needsConsent).map(({ domain }) => domain)
    expect(weaker.length).toBeGreaterThan(0)
    expect(notes).toEqual(
      weaker.map((address) => expect.stringMatching(new RegExp(`^Weakens protection at ${address}\\. `))),
    )
    const text = await readFile(join(folder, 'domains.yaml'), 'utf8')
    const commented = [...text.matchAll(/((?: +# .*\n)+) +- address: (\S+)/g)]
    expect(commented.map(([, , address]) => address)).toEqual(weaker)
    for (const [, comment] of commented) {
      expect(comment).toContain('# The MTA-STS mode goes from enforce to testing.')
      expect(comment).toContain('# To keep what is live, write `hostedMtaSts: { fromCurrent: true }` here.')
    }
  })
})

describe('init with a service that tells hosting in a call of its own only', () => {
  let sandbox: Sandbox
  let record: string
  beforeAll(async () => {
    sandbox = await createSandbox()
    const client = clientOf(sandbox)
    await client.domains.create(sandbox.accountId, { address: 'plain.test', ...usual })
    const { id } = await client.domains.create(sandbox.accountId, { address: 'shop.test', ...usual })
    const { default_dmarc_record } = await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
    record = (default_dmarc_record ?? '').replace('p=none', 'p=reject; adkim=s')
    await client.domains.update(sandbox.accountId, id, { hosted_dmarc_config: record })
  }, 60_000)
  afterAll(() => sandbox?.close())

  const untold = [
    ...['hosted_dmarc', 'hosted_mta_sts', 'mta_sts_policy', 'cname_records'],
    ...['current_dmarc_config', 'default_dmarc_record'],
  ]
  /** Answers without what only our server adds to a domain. */
  const asVendor: typeof fetch = async (...request) => {
    const answer = await fetch(...request)
    const withoutUntold = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(withoutUntold)
      if (typeof value !== 'object' || value === null) return value
      const isDomain = 'address' in value && 'user_id' in value
      const entries = Object.entries(value).filter(([key]) => !(isDomain && untold.includes(key)))
      return Object.fromEntries(entries.map(([key, one]) => [key, withoutUntold(one)]))
    }
    const { status, headers } = answer
    return new Response(JSON.stringify(withoutUntold(await answer.json())), { status, headers })
  }

  async function init(look: LookAtMail) {
    const folder = await emptyFolder()
    try {
      const client = clientOf(sandbox, asVendor)
      const { notes } = await initFromAccount({ client, folder, framework: 'cdktn', look })
      const { domains } = parse(await readFile(join(folder, 'domains.yaml'), 'utf8'))
      return { domains, notes }
    } finally {
      await rm(join(folder, '..'), { recursive: true, force: true })
    }
  }

  it('declares the hosted record as it is published', { timeout: 60_000 }, async () => {
    const look = lookAtMail(sandboxEnv(sandbox))
    await expect
      .poll(async () => (await init(look)).domains, { timeout: 30_000 })
      .toEqual([
        { address: 'plain.test' },
        { address: 'shop.test', hostedDmarc: { record: expect.stringContaining('p=reject; adkim=s') } },
      ])
    expect((await init(look)).notes.join()).not.toContain('does not return')
  })

  it('declares no default in the place of a record that cannot be read, and says so', { timeout: 60_000 }, async () => {
    const unknown = async () => ({ unknown: 'No server answers.' })
    const blind: LookAtMail = () => ({
      texts: unknown,
      freshTexts: unknown,
      addresses: unknown,
      policyFile: unknown,
      reaches: () => true,
    })
    const { domains, notes } = await init(blind)
    expect(domains).toEqual([{ address: 'plain.test' }, { address: 'shop.test', hostedDmarc: { record: '' } }])
    expect(notes).toEqual([
      'shop.test: the service does not return its DMARC record, and it cannot be read in the DNS. Fill in hostedDmarc before you apply.',
      'The effect at shop.test is unknown: what is live, or what will be, could not be read. No server answers. No server answers.',
    ])
  })
})
