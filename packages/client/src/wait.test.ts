import { describe, expect, it } from 'vitest'
import { fakeApi, type Reply, type Seen } from '../test/fake-api.ts'
import {
  AbortedError,
  type ClientOptions,
  InvalidArgumentError,
  NotReadyError,
  type WaitProgress,
  waitUntilReady,
} from './index.ts'

const target = { accountId: 7, domainId: 41 }
const cname = {
  name: '_dmarc.a.example',
  value: 'k.dmarc.invalid',
  status: 'misconfigured',
  reason: 'wrong-target',
  expected: 'k.dmarc.invalid',
  found: 'CNAME old.invalid',
  fix: 'Change its target or remove it.',
}
const wrong = { overall_status: 'action_required', cname, txt_record: { status: 'published' } }
const good = { overall_status: 'ready', cname: 'verified', txt_record: 'published' }
const queued = { overall_status: 'pending', cname: 'verified', txt_record: 'queued' }
const mtaSts = { overall_status: 'ready', records: { policy_cname: 'verified', policy_file: 'active' } }

/** Answers looks at hosted DMARC one by one, the last over and over. */
function domain(
  looks: Reply[],
  hosted = { hosted_dmarc: true, hosted_mta_sts: false },
  options: Partial<ClientOptions> = {},
) {
  return fakeApi(({ path }: Seen) => {
    if (path.includes('hosted_services')) return { body: hosted }
    if (path.includes('mta_sts')) return { body: mtaSts }
    return (looks.length > 1 ? looks.shift() : looks[0]) ?? {}
  }, options)
}

const fault = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the wait ended well'),
    (error) => error,
  )

describe('waiting until ready', () => {
  it('ends at once when all is well, and looks only at what is hosted', async () => {
    const { client, seen, clock } = await domain([{ body: good }])
    expect(await waitUntilReady(client, target)).toMatchObject({ attempt: 1, overall_status: 'ready', missing: [] })
    expect(seen.map(({ path }) => path.split('/').at(-1))).toEqual(['hosted_services.json', 'verify_hosted_dmarc.json'])
    expect(clock.slept).toEqual([])
  })

  it('looks again no sooner than a Retry-After allows', async () => {
    const busy = { status: 429, headers: { 'retry-after': '30' } }
    const { client, clock } = await domain([busy, { body: good }], undefined, { maxRetries: 0 })
    await waitUntilReady(client, target)
    expect(clock.slept).toEqual([30_000])
  })

  it('ends at once when a Retry-After reaches beyond its deadline, and says how long', async () => {
    const { client, clock } = await domain([{ status: 503, headers: { 'retry-after': '3600' } }])
    const error = await fault(waitUntilReady(client, target))
    expect(error).toBeInstanceOf(NotReadyError)
    expect(error.message).toContain('allows the next request in 3600 seconds')
    expect(clock.slept).toEqual([])
  })

  it('looks again with back-off and jitter, and tells after every look', async () => {
    const { client, clock } = await domain([{ body: wrong }, { body: queued }, { body: queued }, { body: good }])
    const told: WaitProgress[] = []
    const end = await waitUntilReady(client, target, { onProgress: (progress) => told.push(progress) })
    expect(told.map(({ attempt, overall_status, missing }) => [attempt, overall_status, missing.length])).toEqual([
      [1, 'action_required', 1],
      [2, 'pending', 1],
      [3, 'pending', 1],
      [4, 'ready', 0],
    ])
    expect(told[0]?.missing[0]).toMatchObject({ kind: 'dmarc', part: 'cname', reason: 'wrong-target' })
    // random is 0.5: three quarters of 2 s, 3 s, 4.5 s.
    expect(clock.slept).toEqual([1500, 2250, 3375])
    expect(end.elapsed).toBe(1500 + 2250 + 3375)
  })

  it('needs every service to be ready', async () => {
    const { client } = await domain([{ body: queued }, { body: good }], { hosted_dmarc: true, hosted_mta_sts: true })
    const end = await waitUntilReady(client, target)
    expect(end.attempt).toBe(2)
    expect(end.checks).toHaveLength(4)
  })

  it('can be told which services to wait for', async () => {
    const { client, seen } = await domain([{ body: wrong }])
    expect(await waitUntilReady(client, { ...target, services: ['hosted_mta_sts'] })).toMatchObject({
      overall_status: 'ready',
    })
    expect(seen.map(({ path }) => path.split('/').at(-1))).toEqual(['verify_hosted_mta_sts.json'])
  })

  it('outlives failures of the server, and tells of them', async () => {
    const down: Reply = { status: 503 }
    const { client } = await domain([down, down, down, { body: good }])
    const told: WaitProgress[] = []
    await waitUntilReady(client, target, { onProgress: (progress) => told.push(progress) })
    expect(told[0]).toMatchObject({ attempt: 1, overall_status: undefined, error: { status: 503 } })
    expect(told[1]).toMatchObject({ attempt: 2, overall_status: 'ready' })
    expect(told[1]).not.toHaveProperty('error')
  })
})

describe('waiting fails', () => {
  it('at the deadline, and names what is wrong, what was found and what to do', async () => {
    const { client, clock } = await domain([{ body: wrong }])
    const begun = clock.now()
    const error = await fault(waitUntilReady(client, target, { timeout: 120_000 }))
    expect(error).toBeInstanceOf(NotReadyError)
    expect(error.message).toBe(
      'Domain 41 is action_required after 120000 ms:\n' +
        '- dmarc CNAME at _dmarc.a.example is misconfigured (wrong-target), expected k.dmarc.invalid, ' +
        'found CNAME old.invalid. Change its target or remove it.',
    )
    expect(error.progress.missing).toHaveLength(1)
    // No pause is longer than 30 s, so the overshoot is none.
    expect(clock.now() - begun).toBeLessThan(150_000)
    expect(Math.max(...clock.slept)).toBeLessThanOrEqual(30_000)
  })

  it('at the deadline with the latest error, if the server was down', async () => {
    const { client } = await domain([{ status: 503, body: { message: 'closed for cleaning' } }])
    const error = await fault(waitUntilReady(client, target, { timeout: 120_000 }))
    expect(error).toBeInstanceOf(NotReadyError)
    expect(error.message).toContain('closed for cleaning')
    expect(error.cause).toMatchObject({ status: 503 })
  })

  it('at once when the caller aborts', async () => {
    const abort = new AbortController()
    const { client } = await domain([{ body: wrong }])
    const onProgress = () => abort.abort(new Error('interrupted'))
    const error = await fault(waitUntilReady(client, target, { signal: abort.signal, onProgress }))
    expect(error).toBeInstanceOf(AbortedError)
    expect(error.cause).toMatchObject({ message: 'interrupted' })
  })

  it.each([401, 403, 404])('at once with %i, which waiting cannot fix', async (status) => {
    const { client } = await fakeApi(() => ({ status }))
    expect(await fault(waitUntilReady(client, target))).toMatchObject({ status })
  })

  it('when nothing is hosted', async () => {
    const { client } = await domain([], { hosted_dmarc: false, hosted_mta_sts: false })
    expect(await fault(waitUntilReady(client, target))).toBeInstanceOf(InvalidArgumentError)
  })
})
