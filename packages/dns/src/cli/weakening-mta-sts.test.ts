import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { mtaStsSituations, mtaStsTargets, mtaStsZones } from '../../../../test-support/weakening/index.ts'
import { transferZone } from '../../../../test-support/zone-dump.ts'
import { runCaptured } from '../../test/run-cli.ts'
import type { TsigKey } from '../rfc2136/tsig.ts'
import type { PolicyFetcher } from '../verify/policy-fetch.ts'

const [liveAddress, hostedAddress] = ['192.0.2.1', '192.0.2.2']
const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 5).toString('base64') }

/** The policy hosts: each domain's own at the first address, the service's at the second. */
const policies: PolicyFetcher = {
  fetch: async (host, addresses) => {
    const situation = mtaStsSituations.find(({ domain }) => host === `mta-sts.${domain}`)
    const body = addresses[0] === liveAddress ? situation?.live : situation?.hosted
    const found = { ok: true as const, address: addresses[0] ?? '', contentType: 'text/plain' }
    return { ...found, status: body ? 200 : 404, body: body ?? '' }
  },
}

describe.skipIf(!hasPrograms('named', 'dig'))('dmarc-dns before a change of MTA-STS', () => {
  let bind: DnsDaemon
  let folder: string
  beforeAll(async () => {
    bind = await startBind({ zones: mtaStsZones(liveAddress, hostedAddress), keys: [key] })
    folder = await mkdtemp(join(tmpdir(), 'dmarc-weakening-'))
    const settings = { type: 'rfc2136', server: '127.0.0.1', port: bind.port, key }
    await writeFile(join(folder, 'dns.json'), JSON.stringify(settings))
  })
  afterAll(async () => {
    await bind?.close()
    await rm(folder, { recursive: true })
  })

  const dmarcDns = (...args: string[]) =>
    runCaptured([...args, '--dns', join(folder, 'dns.json'), '--stub-zone', `.=127.0.0.1:${bind.port}`], { policies })

  it.each(mtaStsSituations)('there and back, where the domain has $title', async (situation) => {
    const { domain, verdict: expected } = situation
    const targets = mtaStsTargets(situation)
    const wanted = [
      ...['--cname', `mta-sts.${domain}=${targets.mta_sts_policy}`],
      ...['--cname', `_mta-sts.${domain}=${targets.mta_sts_id}`, '--conflict', 'replace'],
    ]
    const journal = ['--journal', join(folder, situation.id)]
    const before = await transferZone(bind.port, domain, key)
    const planned = await dmarcDns('plan', ...wanted)
    expect(planned.code).toBe(expected.needsConsent ? 4 : 1)
    expect(planned.out.includes(`Warning: ${domain}:`)).toBe(expected.grade === 'unknown')
    if (expected.needsConsent) {
      expect(planned.out).toContain(`Weakens protection at ${domain}.`)
      expect((await dmarcDns('apply', '--yes', ...wanted, ...journal)).code).toBe(4)
      expect(await transferZone(bind.port, domain, key)).toEqual(before)
    }
    const consent = expected.needsConsent ? ['--allow-weaker', 'New mail servers this week'] : []
    expect((await dmarcDns('apply', '--yes', ...wanted, ...journal, ...consent)).code).toBe(0)

    const back = await dmarcDns('undo', ...journal)
    // Only a weaker mode needs a reason.
    const weakerBack = expected.reasons.includes('mode-stronger')
    expect(back.code).toBe(weakerBack ? 4 : 0)
    if (weakerBack) {
      expect(back.out).toContain(`Weakens protection at ${domain}.`)
      expect(back.err).toContain('--allow-weaker "..."')
      expect((await dmarcDns('undo', ...journal, '--allow-weaker', 'Back to our own host')).code).toBe(0)
    }
    expect(await transferZone(bind.port, domain, key)).toEqual(before)
  })
})
