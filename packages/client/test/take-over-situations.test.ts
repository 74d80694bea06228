import {
  compareDmarc,
  compareMtaSts,
  discoverDmarc,
  formatMtaStsPolicy,
  type DmarcSituation as Live,
  parseDmarc,
  parseMtaStsPolicy,
} from '@dmarc-as-code/records'
import { describe, expect, it } from 'vitest'
import { type DmarcSituation, dmarcSituations, mtaStsSituations } from '../../../test-support/weakening/index.ts'
import { TakeOverError, takeOverCurrent } from '../src/index.ts'
import { fakeApi, vendorDomain } from './fake-api.ts'

const standard = 'v=DMARC1; p=none; rua=mailto:in@hosted.test'

/** What a resolver finds in the zones of a situation: CNAMEs are followed, a wildcard answers where nothing else does. */
function lookUp({ zones }: DmarcSituation): (name: string) => string[] {
  const records = zones.flatMap(({ name: zone, records = [] }) =>
    records.map((line) => {
      const [, owner = '', type = '', data = ''] = /^(\S+) IN (\S+) (.*)$/.exec(line) ?? []
      return { name: owner === '@' ? zone : `${owner}.${zone}`, type, data: data.replace(/^"|"$/g, '') }
    }),
  )
  const at = (name: string): string[] => {
    const own = records.filter((record) => record.name === name)
    const found =
      own.length > 0 ? own : records.filter((record) => record.name === `*.${name.split('.').slice(1).join('.')}`)
    return found.flatMap(({ type, data }) => {
      if (type !== 'CNAME') return [data]
      if (data.includes('nobody-answers')) throw new Error('no server answers')
      return at(data.replace(/\.$/, ''))
    })
  }
  return at
}

/** What holds for the domain before anything is hosted. */
async function liveNow(situation: DmarcSituation): Promise<Live> {
  const { record, policyDomain } = await discoverDmarc(situation.domain, lookUp(situation))
  return policyDomain === situation.domain ? { own: record } : { own: null, inherited: record }
}

/** A server without the extension, with the domain of the situation. */
function vendor({ domain: address }: DmarcSituation) {
  const domain: Record<string, unknown> = {
    ...vendorDomain(41, address),
    hosted_dmarc: false,
    hosted_mta_sts: false,
  }
  const api = fakeApi(({ path, body }) => {
    if (path === '/v2/capabilities') return { status: 404 }
    const change = (body as { domain?: object } | undefined)?.domain
    if (change) Object.assign(domain, change, { default_dmarc_record: standard })
    domain.current_dmarc_config = domain.hosted_dmarc_config ?? (domain.hosted_dmarc ? standard : null)
    return { body: domain }
  })
  return { api, domain }
}

describe('taking over what is live, on a server that cannot do it itself', () => {
  const readable = dmarcSituations.filter(({ verdict }) => verdict.grade !== 'unknown')

  it.each(readable)('takes nothing away where the domain has $title', async (situation) => {
    const { api, domain } = vendor(situation)
    const { client } = await api
    const lookUps = { txt: lookUp(situation) }
    await takeOverCurrent(client, { accountId: 7, domainId: 41 }, { hosted_dmarc: true }, { lookUps })
    const hosted = String(domain.hosted_dmarc_config ?? standard)
    const effect = compareDmarc(await liveNow(situation), { own: parseDmarc(hosted) })
    expect(effect.changes.filter(({ grade }) => grade !== 'stronger')).toEqual([])
    expect(effect.needsConsent).toBe(false)
  })

  it.each(dmarcSituations.filter(({ verdict }) => verdict.grade === 'unknown'))(
    'changes nothing where the domain has $title',
    async (situation) => {
      const { api, domain } = vendor(situation)
      const { client, seen } = await api
      const lookUps = { txt: lookUp(situation) }
      const call = takeOverCurrent(client, { accountId: 7, domainId: 41 }, { hosted_dmarc: true }, { lookUps })
      await expect(call).rejects.toThrow(TakeOverError)
      expect(seen.filter(({ method }) => method !== 'GET')).toEqual([])
      expect(domain.hosted_dmarc).toBe(false)
    },
  )
})

describe('taking over the MTA-STS policy that is live, on a server that cannot do it itself', () => {
  /** A server that takes a policy on update, with the hosted policy of the situation stored for its domain. */
  function policyServer(address: string, stored: string | null) {
    const tags = stored === null ? undefined : parseMtaStsPolicy(stored).tags
    const domain: Record<string, unknown> = {
      ...vendorDomain(41, address),
      hosted_dmarc: false,
      hosted_mta_sts: false,
      mta_sts_policy: tags && { mode: tags.mode, mx: tags.mx.join(', '), mx_age: (tags.max_age ?? 0) / 86_400 },
    }
    const api = fakeApi(({ path, body }) => {
      if (path === '/v2/capabilities') return { body: { extensions: ['mta_sts_policy_on_update'] } }
      Object.assign(domain, (body as { domain?: object } | undefined)?.domain)
      return { body: domain }
    })
    return { api, domain }
  }
  const served = ({ mta_sts_policy }: Record<string, unknown>) => {
    if (!mta_sts_policy) return null
    const { mode, mx, mx_age } = mta_sts_policy as { mode: 'enforce'; mx: string; mx_age: number }
    return parseMtaStsPolicy(formatMtaStsPolicy({ mode, mx: mx.split(', '), max_age: mx_age * 86_400 }))
  }

  it.each(mtaStsSituations)(
    'takes nothing away where the domain has $title',
    async ({ domain: address, ...situation }) => {
      const live = situation.live === null ? null : parseMtaStsPolicy(situation.live)
      const { api, domain } = policyServer(address, situation.hosted)
      // What would come to pass without taking over is what the table says.
      if (situation.hosted !== null)
        expect(compareMtaSts(live, served(domain))).toMatchObject({ grade: situation.verdict.grade })
      const lookUps = { txt: () => [], policyFile: async () => situation.live }
      const { client } = await api
      const { taken_over } = await takeOverCurrent(
        client,
        { accountId: 7, domainId: 41 },
        { hosted_mta_sts: true },
        { lookUps },
      )
      expect(domain.hosted_mta_sts).toBe(true)
      const effect = compareMtaSts(live, served(domain))
      expect(effect.changes.filter(({ grade }) => grade !== 'stronger')).toEqual([])
      expect(effect.needsConsent).toBe(false)
      expect(taken_over).toMatchObject({
        mta_sts: live && {
          source: 'policy_file',
          kept: [`mode: ${live.tags.mode}`, 'mx: mx.mail.test', expect.any(String)],
        },
      })
    },
  )

  it('changes nothing where the policy file cannot be read', async () => {
    const { api, domain } = policyServer('unreadable.test', null)
    const { client, seen } = await api
    const lookUps = { txt: () => [], policyFile: () => Promise.reject(new Error('no route to host')) }
    const call = takeOverCurrent(client, { accountId: 7, domainId: 41 }, { hosted_mta_sts: true }, { lookUps })
    await expect(call).rejects.toMatchObject({ name: 'TakeOverError', hosting: 'unchanged' })
    expect(seen.filter(({ method }) => method !== 'GET')).toEqual([])
    expect(domain.hosted_mta_sts).toBe(false)
  })
})
