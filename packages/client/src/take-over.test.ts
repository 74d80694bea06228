import { describe, expect, it } from 'vitest'
import { fakeApi, type Reply, type Seen, vendorDomain } from '../test/fake-api.ts'
import { type LiveLookUps, TakeOverError, takeOverCurrent, UnsupportedError } from './index.ts'

const standard = 'v=DMARC1; p=none; rua=mailto:k1.a@reports.example; ruf=mailto:k1.f@reports.example'
const live = 'v=DMARC1; p=reject; adkim=s; rua=mailto:soc@example.com'
const policyFile = 'version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800\n'
const target = { accountId: 7, domainId: 41 }

/** A server with one domain, which keeps what it is told; `extensions` as it announces them. */
function oneDomain(extensions: readonly string[], more: object = {}, refuse?: (request: Seen) => Reply | undefined) {
  const domain = { ...vendorDomain(41, 'example.com'), hosted_dmarc: false, hosted_mta_sts: false, ...more }
  return fakeApi((request) => {
    const refused = refuse?.(request)
    if (refused) return refused
    if (request.path === '/v2/capabilities') return extensions.length > 0 ? { body: { extensions } } : { status: 404 }
    const { domain: change = {} } = (request.body ?? {}) as { domain?: Record<string, unknown> }
    const { take_over_current, ...rest } = change
    Object.assign(domain, rest, change.hosted_dmarc === true && { default_dmarc_record: standard })
    if (change.hosted_dmarc_config) Object.assign(domain, { current_dmarc_config: change.hosted_dmarc_config })
    const taken = { record: live, policy_domain: 'example.com', kept: ['p=reject'], added: [], dropped: [] }
    return { body: { ...domain, ...(take_over_current === true && { taken_over: { dmarc: taken } }) } }
  })
}

const lookUps = (zone: Record<string, string[]>, file: string | null = null): LiveLookUps => ({
  txt: (name) => zone[name] ?? [],
  policyFile: async () => file,
})
const changes = (seen: readonly Seen[]) =>
  seen.filter(({ method }) => method === 'PUT').map(({ body }) => (body as { domain: unknown }).domain)

describe('taking over what is live', () => {
  it('leaves it to a server that announces it', async () => {
    const { client, seen } = await oneDomain(['take_over_current'])
    const { taken_over } = await takeOverCurrent(client, target, { hosted_dmarc: true })
    expect(changes(seen)).toEqual([{ hosted_dmarc: true, take_over_current: true }])
    expect(taken_over.dmarc).toMatchObject({ record: live, kept: ['p=reject'] })
  })

  it('reads and composes the record itself for any other server, and never sends the field', async () => {
    const { client, seen } = await oneDomain([])
    const zone = { '_dmarc.example.com': [live] }
    const { domain, taken_over } = await takeOverCurrent(
      client,
      target,
      { hosted_dmarc: true },
      { lookUps: lookUps(zone) },
    )
    const record =
      'v=DMARC1; p=reject; adkim=s; rua=mailto:soc@example.com,mailto:k1.a@reports.example; ruf=mailto:k1.f@reports.example'
    expect(changes(seen)).toEqual([{ hosted_dmarc: true }, { hosted_dmarc_config: record }])
    expect(domain.hosted_dmarc).toBe(true)
    expect(taken_over).toEqual({
      dmarc: {
        record: live,
        policy_domain: 'example.com',
        kept: ['p=reject', 'adkim=s', 'rua=mailto:soc@example.com'],
        added: ['rua=mailto:k1.a@reports.example', 'ruf=mailto:k1.f@reports.example'],
        dropped: [],
      },
    })
  })

  it('takes over the policy of a parent, and a live policy file', async () => {
    const { client, seen } = await oneDomain(['mta_sts_policy_on_update'], { address: 'news.example.com' })
    const zone = { '_dmarc.example.com': ['v=DMARC1; p=reject; sp=quarantine'] }
    const wanted = { hosted_dmarc: true, hosted_mta_sts: true }
    const { taken_over } = await takeOverCurrent(client, target, wanted, { lookUps: lookUps(zone, policyFile) })
    expect(changes(seen)).toMatchObject([
      { ...wanted, mta_sts_policy: { mode: 'enforce', mx: 'mx.example.com', mx_age: 7 } },
      { hosted_dmarc_config: expect.stringMatching(/^v=DMARC1; p=quarantine; /) },
    ])
    expect(taken_over).toMatchObject({ dmarc: { policy_domain: 'example.com' }, mta_sts: { source: 'policy_file' } })
  })

  it('begins with the default where nothing is live, and leaves a hosted service as it is', async () => {
    const fresh = await oneDomain([])
    const first = await takeOverCurrent(fresh.client, target, { hosted_dmarc: true }, { lookUps: lookUps({}) })
    expect(changes(fresh.seen)).toEqual([{ hosted_dmarc: true }])
    expect(first.taken_over).toEqual({ dmarc: null })
    const hosted = await oneDomain([], { hosted_dmarc: true })
    const zone = { '_dmarc.example.com': [live] }
    const again = await takeOverCurrent(hosted.client, target, { hosted_dmarc: true }, { lookUps: lookUps(zone) })
    expect(again.taken_over).toEqual({})
  })

  it('changes nothing where what is live cannot be read or hosted', async () => {
    const unreadable = async () => Promise.reject(new Error('SERVFAIL'))
    const parentOpen = (name: string) => (name === '_dmarc.com' ? unreadable() : name === '_dmarc.b.com' ? [live] : [])
    for (const [address, txt] of [
      ['example.com', unreadable],
      ['a.b.com', parentOpen],
    ] as const) {
      const { client, seen } = await oneDomain([], { address })
      const failed = takeOverCurrent(client, target, { hosted_dmarc: true }, { lookUps: { txt } })
      await expect(failed).rejects.toThrow(
        /could not be read \(SERVFAIL\), so it cannot be taken over, and nothing was/,
      )
      await expect(failed).rejects.toMatchObject({ name: 'TakeOverError', hosting: 'unchanged' })
      expect(changes(seen)).toEqual([])
    }
  })

  it('says that the default record is hosted where setting the live one fails', async () => {
    const { client } = await oneDomain([], {}, ({ body }) =>
      JSON.stringify(body ?? '').includes('hosted_dmarc_config') ? { status: 422, body: { error: 'no' } } : undefined,
    )
    const zone = { '_dmarc.example.com': [live] }
    const failed = takeOverCurrent(client, target, { hosted_dmarc: true }, { lookUps: lookUps(zone) })
    await expect(failed).rejects.toBeInstanceOf(TakeOverError)
    await expect(failed).rejects.toThrow(
      /is on with the default record, .* The live record is: v=DMARC1; p=reject; adkim=s/,
    )
  })

  it('is not claimed where the server keeps another record, or shows none', async () => {
    const zone = { '_dmarc.example.com': [live] }
    for (const [shown, hosting] of [
      [standard, 'default-record'],
      [undefined, 'unknown'],
    ] as const) {
      const api = await fakeApi(({ path, body }) => {
        if (path === '/v2/capabilities') return { status: 404 }
        const on = body !== undefined || api.seen.some(({ method }) => method === 'PUT')
        const domain = vendorDomain(41, 'example.com', { hosted_dmarc: on, hosted_mta_sts: false })
        return { body: { ...domain, ...(on && { default_dmarc_record: standard, current_dmarc_config: shown }) } }
      })
      const failed = takeOverCurrent(api.client, target, { hosted_dmarc: true }, { lookUps: lookUps(zone) })
      await expect(failed).rejects.toMatchObject({ name: 'TakeOverError', hosting })
      await expect(failed).rejects.toThrow('v=DMARC1; p=reject; adkim=s')
    }
  })

  it('is not claimed where a server that announces it does not say what it took over', async () => {
    const silent = await fakeApi(({ path, method }) => {
      if (path === '/v2/capabilities') return { body: { extensions: ['take_over_current'] } }
      return { body: vendorDomain(41, 'example.com', { hosted_dmarc: method === 'PUT', hosted_mta_sts: false }) }
    })
    await expect(takeOverCurrent(silent.client, target, { hosted_dmarc: true })).rejects.toMatchObject({
      name: 'TakeOverError',
      hosting: 'unknown',
      call: { method: 'PUT', status: 200 },
    })
    const unchanged = await fakeApi(({ path }) => {
      if (path === '/v2/capabilities') return { body: { extensions: ['take_over_current'] } }
      return { body: vendorDomain(41, 'example.com', { hosted_dmarc: false, hosted_mta_sts: false }) }
    })
    await expect(takeOverCurrent(unchanged.client, target, { hosted_dmarc: true })).rejects.toMatchObject({
      name: 'OutcomeUnknownError',
      differences: [{ field: 'hosted_dmarc', asked: true, found: false }],
    })
  })

  it('is not supported where neither the server nor a look-up can do it', async () => {
    const { client, seen } = await oneDomain([])
    await expect(takeOverCurrent(client, target, { hosted_dmarc: true })).rejects.toBeInstanceOf(UnsupportedError)
    const noFile = { txt: () => [] }
    await expect(takeOverCurrent(client, target, { hosted_mta_sts: true }, { lookUps: noFile })).rejects.toBeInstanceOf(
      UnsupportedError,
    )
    expect(changes(seen)).toEqual([])
  })
})
