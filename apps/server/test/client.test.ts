import {
  ConflictError,
  DmarcReportClient,
  NotFoundError,
  NotReadyError,
  type OperationName,
  waitUntilReady,
} from '@dmarc-as-code/client'
import { operations, routes } from '@dmarc-as-code/client/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSandbox } from '../src/sandbox/index.ts'

let sandbox: Awaited<ReturnType<typeof createSandbox>>
let client: DmarcReportClient
const answered = new Set<OperationName>()

/** Holds every successful answer of the real server against the contract, and notes which operations were used. */
const checked: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const { pathname } = new URL(String(input))
  const name = (Object.keys(routes) as OperationName[]).find((each) => {
    const pattern = routes[each].path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+?')
    return routes[each].method === init?.method && new RegExp(`^${pattern}$`).test(pathname)
  })
  if (response.ok && name) {
    answered.add(name)
    expect(
      operations[name].response.safeParse(await response.clone().json()).error,
      `${name} ${pathname}`,
    ).toBeUndefined()
    expect(response.status, name).toBe(operations[name].status)
  }
  return response
}

beforeAll(async () => {
  sandbox = await createSandbox()
  client = new DmarcReportClient({ token: sandbox.token, baseUrl: sandbox.apiUrl, fetch: checked, logLevel: 'off' })
})
afterAll(() => sandbox.close())

const fault = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    (error) => error,
  )

it('every operation works against the real server, and every answer keeps the contract', async () => {
  const { accountId } = sandbox
  const { has } = await client.capabilities()
  expect(has('record_reasons') && has('hosting_in_lists') && has('tags')).toBe(true)

  const tag = await client.tags.create({ name: 'Contract', color: '#10B981' })
  expect(await client.tags.update(tag.id, { name: 'Contracts' })).toMatchObject({ name: 'Contracts', color: '#10B981' })
  expect(await client.tags.get(tag.id)).toMatchObject({ id: tag.id })
  expect(await client.tags.list().all()).toContainEqual({ id: tag.id, name: 'Contracts', color: '#10B981' })

  const input = { address: 'contract.example.test', rua_report: true, ruf_report: false, mta_sts_report: true }
  const domain = await client.domains.create(accountId, { ...input, tag_ids: [tag.id] })
  expect(domain).toMatchObject({ address: input.address, account_id: accountId, hosted_dmarc: false })
  const duplicate = await fault(client.domains.create(accountId, input))
  expect(duplicate).toBeInstanceOf(ConflictError)
  expect(duplicate.existingId).toBe(domain.id)

  const policy = { mode: 'testing', mx: ['mx.example.test'], mx_age: 7 } as const
  const hosted = await client.domains.update(accountId, domain.id, {
    hosted_dmarc: true,
    hosted_mta_sts: true,
    mta_sts_policy: policy,
    tag_names: [],
  })
  expect(hosted).toMatchObject({ hosted_dmarc: true, hosted_mta_sts: true, tags: [] })
  expect(await client.domains.get(accountId, domain.slug)).toMatchObject({ id: domain.id })
  const { cname_records } = await client.domains.hostedServices(accountId, domain.id)
  expect(cname_records.map(({ kind }) => kind)).toEqual(['dmarc', 'mta_sts_policy', 'mta_sts_id', 'tls_rpt'])

  // A list alone tells all that a refresh of many domains needs.
  const [listed] = (await client.domains.listByAccount(accountId).all()).filter(({ id }) => id === domain.id)
  expect(listed).toMatchObject({
    account_id: accountId,
    hosted_dmarc: true,
    hosted_mta_sts: true,
    mta_sts_policy: { mode: 'testing', mx: 'mx.example.test', mx_age: 7 },
    default_dmarc_record: expect.stringMatching(/^v=DMARC1;/),
    current_dmarc_config: expect.stringMatching(/^v=DMARC1;/),
    cname_records: cname_records.map(({ name, value, kind }) => ({ name, value, kind })),
  })
  expect((await client.domains.list({ perPage: 1 }).all()).map(({ id }) => id)).toContain(domain.id)

  const generated = await client.domains.generateDmarcRecord(accountId, domain.id, { p: 'reject', publish: true })
  expect(generated).toMatchObject({ published: true, dmarc_record: expect.stringContaining('p=reject') })

  const verification = await client.domains.verifyHostedDmarc(accountId, domain.id)
  expect(verification.overall_status).toBe('action_required')
  expect(verification.cname).toMatchObject({ status: 'awaiting_setup', reason: 'absent', found: null })
  expect(verification.cname?.fix).toBeTruthy()
  const one = await client.domains.verifyHostedMtaSts(accountId, domain.id, { record: 'tls_rpt' })
  expect(Object.keys(one.records)).toEqual(['tls_rpt_record'])
  const error = await fault(
    waitUntilReady(client, { accountId, domainId: domain.id }, { timeout: 1_500, interval: 200 }),
  )
  expect(error).toBeInstanceOf(NotReadyError)
  expect(error.message).toContain('_smtp._tls.contract.example.test')

  const target = await client.noticeTargets.create({ channel: 'webhook', destination: 'https://hooks.example/' })
  expect(target.secret).toMatch(/^whsec_/)
  expect(await client.noticeTargets.list()).toMatchObject([{ id: target.id, waiting: 0 }])
  await client.noticeTargets.delete(target.id)

  const account = await client.accounts.create({ title: 'Second' })
  expect(await client.accounts.update(account.id, { title: 'Other' })).toMatchObject({ title: 'Other' })
  expect(await client.accounts.find(account.slug)).toMatchObject({ id: account.id, owned: true })
  const [membership] = await client.domainMemberships.add(account.id, [domain.id])
  const { memberships } = await client.domainMemberships.list(account.id)
  expect(memberships).toMatchObject([{ id: membership?.id, domain_id: domain.id, domain_address: input.address }])
  expect(await client.domainMemberships.get(account.id, membership?.id ?? 0)).toMatchObject({ domain_id: domain.id })
  await client.domainMemberships.remove(account.id, membership?.id ?? 0)
  // The sandbox has one user, who owns the account and so is no member of it.
  expect((await client.userMemberships.list(accountId)).memberships).toEqual([])
  expect(await fault(client.userMemberships.get(accountId, 1))).toBeInstanceOf(NotFoundError)

  await client.accounts.delete(account.id)
  await client.tags.delete(tag.id)
  await client.domains.delete(accountId, domain.id)
  const [deletion] = await client.history.auditEvents({ accountId, domainId: domain.id })
  expect(deletion).toMatchObject({ action: 'deleteDomain', object_name: input.address, after: null })
  // Its record rejects mail, so it stays for a day.
  expect(await client.history.restoreDomain(accountId, domain.id)).toMatchObject({ id: domain.id, hosted_dmarc: true })
  const changes = await client.history.statusChanges(accountId, domain.id)
  expect(changes[0]).toMatchObject({ service: expect.any(String), part: 'overall', record: 'all' })
  await client.domains.delete(accountId, domain.id)
  expect(await fault(client.domains.get(accountId, domain.id))).toBeInstanceOf(NotFoundError)
  const unanswered = Object.keys(routes).filter((name) => !answered.has(name as OperationName))
  expect(unanswered).toEqual(['getUserMembership'])
}, 60_000)

it('a refused value names the field, and a wrong token differs from a missing domain', async () => {
  const input = { address: 'not a domain', rua_report: true, ruf_report: true }
  const refused = await fault(client.domains.create(sandbox.accountId, input))
  expect(refused).toMatchObject({ status: 422, details: [{ field: 'domain.address' }] })
  const stranger = new DmarcReportClient({ token: 'not-the-token', baseUrl: sandbox.apiUrl })
  expect(await fault(stranger.accounts.list().all())).toMatchObject({ status: 401, name: 'AuthenticationError' })
})
