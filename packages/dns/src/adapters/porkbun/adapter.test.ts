import { describe, expect, it, onTestFinished } from 'vitest'
import { startPorkbun } from '../../../../../test-support/dns-services/porkbun.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { thereAndBack, zoneOf } from '../../../test/there-and-back.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import { porkbunAdapter } from './adapter.ts'

const zone = 'example.test'
const sets = contractSets(zone, 3600).map((set) => ({ ...set, ttl: Math.max(set.ttl, 600) }))

async function start(options = {}, secret?: string) {
  const service = await startPorkbun(
    [
      { name: zone, sets },
      { name: 'closed.test', noAccess: true, sets: [] },
    ],
    options,
  )
  onTestFinished(() => service.close())
  const keys = { apiKey: service.apiKey, secretApiKey: secret ?? service.secretApiKey }
  const pauses: number[] = []
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds)
  return { service, pauses, adapter: porkbunAdapter({ type: 'porkbun', baseUrl: service.url, ...keys }, { sleep }) }
}

describe('Porkbun', () => {
  adapterContract(async () => {
    const { service, adapter } = await start()
    return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
  })

  it('says that API access is off for a domain', async () => {
    const { adapter } = await start()
    const closed = await zoneOf(adapter, 'closed.test')
    await expect(adapter.read(closed, ['_dmarc.closed.test'])).rejects.toMatchObject({
      kind: 'forbidden',
      message: /not opted in to API access/,
    })
  })

  it('touches no URL forward', async () => {
    const name = `mta-sts.${zone}`
    const forward = { name, type: 'ALIAS', ttl: 600, values: ['uixie.porkbun.com.'] }
    const service = await startPorkbun([{ name: zone, sets: [forward] }])
    onTestFinished(() => service.close())
    const { url: baseUrl, apiKey, secretApiKey } = service
    const adapter = porkbunAdapter({ type: 'porkbun', baseUrl, apiKey, secretApiKey })
    const before = service.dump(zone)
    await expect(thereAndBack(adapter, [name])).rejects.toThrow(/URL forward/)
    expect(service.dump(zone)).toEqual(before)
  })

  it('slows down when it gets a page of HTML instead of an answer', async () => {
    const { service, adapter, pauses } = await start()
    service.failNext({ status: 503, body: '<html>Service Unavailable</html>' })
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    expect(pauses).toHaveLength(1)
    expect(pauses[0]).toBeGreaterThanOrEqual(5000)
  })

  it('has everything as before after an error that came with status 200', async () => {
    const { service, adapter } = await start()
    const before = service.dump(zone)
    const name = `mta-sts.${zone}`
    const planned = await plan([{ name, type: 'CNAME', value: 'k.test' }], adapter, { conflict: 'replace' })
    // Reads are POST as well, so that the method does not tell a creation.
    const body = { status: 'ERROR', message: 'Create error: We were unable to create the DNS record.' }
    service.failWhen(({ url }) => url.pathname.includes('/dns/create/'), { status: 200, body })
    const attempt = apply(planned, adapter, { journals: memoryJournalStore() })
    await expect(attempt).rejects.toMatchObject({ rolledBack: true, message: /unable to create the DNS record/ })
    expect(service.dump(zone)).toEqual(before)
  })

  it('fails on wrong credentials without showing them', async () => {
    const { adapter } = await start({}, 'sk1_canary')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised' })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })
})
