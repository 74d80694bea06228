import { compareDmarc, discoverDmarc, type DmarcSituation as Live, parseDmarc } from '@dmarc-as-code/records'
import { describe, expect, it } from 'vitest'
import { type DmarcSituation, dmarcSituations } from '../../../test-support/weakening/index.ts'
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
