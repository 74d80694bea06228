import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startKnot } from '../../../test-support/knot.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { dmarcSituations, dmarcZones, mtaStsSituations, mtaStsZones } from '../../../test-support/weakening/index.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

/** Where the policy hosts of the domains are, as far as the DNS says. */
const liveAddress = '192.0.2.1'

describe.skipIf(!hasPrograms('knotd'))('the effect in the answers of the API, with zones in Knot', () => {
  let server: TestServer
  let knot: DnsDaemon
  let path: string
  const policyFetcher: PolicyFetcher = {
    async fetch(host, addresses) {
      const live = mtaStsSituations.find(({ domain }) => host === `mta-sts.${domain}`)?.live
      if (!addresses.includes(liveAddress) || !live) return { ok: false, reason: 'connect', message: 'Nobody answers.' }
      return { ok: true, address: liveAddress, status: 200, contentType: 'text/plain', body: live }
    },
  }

  beforeAll(async () => {
    const [hosted, ...more] = mtaStsZones(liveAddress, '192.0.2.2').reverse()
    const zones = dmarcZones().map((zone) =>
      zone.name === hosted?.name ? { ...zone, records: [...(zone.records ?? []), ...(hosted.records ?? [])] } : zone,
    )
    knot = await startKnot({ zones: [...zones, ...more] })
    server = await startTestServer({
      stubZones: [{ zone: 'test', servers: [{ address: '127.0.0.1', port: knot.port }] }],
      policyFetcher,
    })
    path = `/v2/accounts/${server.owner.accountId}/domains`
  })
  afterAll(async () => {
    await server?.close()
    await knot?.close()
  })

  /** Creates the domain afresh and switches hosting on. */
  async function begin(address: string, update: (defaultRecord: string) => object, more: object = {}) {
    const domain = { address, rua_report: true, ruf_report: true, mta_sts_report: true, ...more }
    const { body } = await server.call('POST', `${path}.json`, { domain })
    const on = await server.call('PUT', `${path}/${body.id}.json`, { domain: { hosted_dmarc: true } })
    const record = on.body.default_dmarc_record
    await server.call('PUT', `${path}/${body.id}.json`, { domain: { hosted_dmarc: false } })
    const answer = await server.call('PUT', `${path}/${body.id}.json`, { domain: update(record) })
    await server.call('DELETE', `${path}/${body.id}.json`)
    expect(answer).toMatchObject({ status: answer.body.error ? 422 : 200 })
    return answer.body
  }

  it.each(dmarcSituations)('is that of the table where the domain has $title', async ({ domain, hosted, verdict }) => {
    const { effect } = await begin(domain, (standard) => {
      // Hosted records have the addresses of this server as well; they are only gained.
      const [, rua = '', ruf = ''] = /rua=([^;]+); ruf=([^;]+)/.exec(standard) ?? []
      const record = `${hosted.replace('rua=', `rua=${rua},`)}; ruf=${ruf}`
      return { hosted_dmarc: true, hosted_dmarc_config: record }
    })
    const known = verdict.grade !== 'unknown'
    expect(effect.dmarc).toMatchObject({ known, needs_consent: verdict.needsConsent, weakens: verdict.needsConsent })
    const policies = (reasons: string[]) => reasons.filter((reason) => reason.includes('policy'))
    const reasons = effect.dmarc.changes.map(({ reason }: { reason: string }) => reason)
    expect(policies(reasons)).toEqual(policies(verdict.reasons))
  })

  it.each(dmarcSituations)('weakens nothing when the record is taken over where the domain has $title', async (one) => {
    const body = await begin(one.domain, () => ({ hosted_dmarc: true, take_over_current: true }))
    if (one.verdict.grade === 'unknown') {
      expect(body.error.details[0].code).toBe('current_record_unreadable')
    } else {
      expect(body.effect.dmarc).toMatchObject({ known: true, weakens: false, needs_consent: false })
    }
  })

  it.each(mtaStsSituations.filter(({ hosted }) => hosted !== null))(
    'is that of the table where the domain has $title',
    async ({ domain, hosted, verdict }) => {
      const [mode, age] = [/mode: (\w+)/.exec(hosted ?? '')?.[1], /max_age: (\d+)/.exec(hosted ?? '')?.[1]]
      const policy = { mode, mx: 'mx.mail.test', mx_age: Number(age) / 86_400 }
      const { effect } = await begin(domain, () => ({ hosted_mta_sts: true }), { mta_sts_policy: policy })
      expect(effect.mta_sts).toMatchObject({ known: true, grade: verdict.grade, needs_consent: verdict.needsConsent })
      expect(effect.mta_sts.changes.map(({ reason }: { reason: string }) => reason)).toEqual(verdict.reasons)
    },
  )
})
