import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { accessibleAccounts, createAccount } from './accounts.ts'
import { countDomains, domainViews, insertDomain } from './domains.ts'
import { createHosting } from './hostings.ts'
import { addDomainMembership, setUserMembership } from './memberships.ts'
import { openStore, type Store } from './open-store.ts'
import { createTag, setDomainTags } from './tags.ts'
import { createToken, findCaller, revokeToken } from './tokens.ts'
import { isUniqueViolation } from './unique-violation.ts'
import { createUser, findUser, lockUser } from './users.ts'

const now = 1_800_000_000_000
let letters = 0
const suffix = () => `s${++letters}`

describeEngines('the store', (fresh) => {
  let location: string
  let store: Store
  beforeEach(async () => {
    location = await fresh()
    store = await openStore(location)
  })
  afterEach(() => store.close())

  const newUser = (email: string) => createUser(store.db, { email, plan: 'standard', now })
  const newAccount = (userId: number, title: string) => createAccount(store.db, { userId, title, now, suffix })

  async function newDomain(userId: number, accountId: number, address: string): Promise<number> {
    const id = await insertDomain(store.db, {
      user_id: userId,
      address,
      rua_report: 1,
      ruf_report: 0,
      parked_domain: 0,
      hosted_dmarc: 0,
      hosted_mta_sts: 0,
      report_id: address,
      dmarc_status: 'dmarc_inactive',
      mta_sts_status: 'mta_sts_inactive',
      created_at: now,
      updated_at: now,
    })
    await addDomainMembership(store.db, { accountId, domainId: id, address, slug: address.replaceAll('.', '-'), now })
    await createHosting(store.db, { key: `key-${address}`, domainId: id, address })
    return id
  }

  it('can be opened repeatedly and keeps its contents', async () => {
    const { id } = await newUser('a@example.com')
    await store.close()
    store = await openStore(location)
    expect(await findUser(store.db, id)).toMatchObject({ email: 'a@example.com', created_at: now })
  })

  it('fails to open a database written by a newer version and says so', async () => {
    await sql`insert into kysely_migration (name, timestamp) values ('9999-the-future', '2100-01-01')`.execute(store.db)
    await expect(openStore(location)).rejects.toThrow('newer version')
  })

  it('returns times as numbers', async () => {
    const { created_at } = await newUser('a@example.com')
    expect(created_at).toBe(now)
  })

  it('writes all of a transaction or nothing of it', async () => {
    const failed = store.transaction(async (tx) => {
      await createUser(tx, { email: 'a@example.com', plan: 'free', now })
      throw new Error('changed my mind')
    })
    await expect(failed).rejects.toThrow('changed my mind')
    expect(await store.db.selectFrom('users').selectAll().execute()).toEqual([])
  })

  it('recognises a violated unique constraint', async () => {
    await newUser('a@example.com')
    const second = newUser('a@example.com')
    await expect(second).rejects.toSatisfy(isUniqueViolation)
    expect(isUniqueViolation(new Error('something else'))).toBe(false)
  })

  it('lets one transaction wait for another on the same user', async () => {
    const { id } = await newUser('a@example.com')
    const order: string[] = []
    const one = (name: string) =>
      store.transaction(async (tx) => {
        await lockUser(tx, store.engine, id)
        order.push(`${name} in`)
        await tx.updateTable('users').set({ plan: name }).where('id', '=', id).execute()
        order.push(`${name} out`)
      })
    await Promise.all([one('first'), one('second')])
    expect([order[0]?.split(' ')[0], order[2]?.split(' ')[0]]).toEqual([
      order[1]?.split(' ')[0],
      order[3]?.split(' ')[0],
    ])
  })

  it('gives a second account with the same title another slug', async () => {
    const user = await newUser('a@example.com')
    expect((await newAccount(user.id, 'Näyte Oy')).slug).toBe('nayte-oy')
    expect((await newAccount(user.id, 'Näyte Oy')).slug).toMatch(/^nayte-oy-s\d+$/)
    expect((await newAccount(user.id, '2026')).slug).toMatch(/^2026-s\d+$/)
  })

  it("lists a user's own accounts and those with domain access, or a single one", async () => {
    const [owner, guest] = [await newUser('a@example.com'), await newUser('b@example.com')]
    const [shared, hidden, own] = [
      await newAccount(owner.id, 'Shared'),
      await newAccount(owner.id, 'Hidden'),
      await newAccount(guest.id, 'Own'),
    ]
    await setUserMembership(store.db, { accountId: shared.id, userId: guest.id, areas: ['domains', 'reports'] })
    await setUserMembership(store.db, { accountId: hidden.id, userId: guest.id, areas: ['domains_reports'] })
    const ids = async (only: number | null) => (await accessibleAccounts(store.db, guest.id, only)).map(({ id }) => id)
    expect(await ids(null)).toEqual([shared.id, own.id])
    expect(await ids(own.id)).toEqual([own.id])
    expect(await ids(hidden.id)).toEqual([])
  })

  it('stores only the hash of a token and finds it by the token', async () => {
    const user = await newUser('a@example.com')
    const { id, token } = await createToken(store.db, {
      userId: user.id,
      accountId: null,
      name: 'ci',
      privileges: ['read', 'verify'],
      now,
    })
    expect(JSON.stringify(await store.db.selectFrom('tokens').selectAll().execute())).not.toContain(token)
    const caller = await findCaller(store.db, token)
    expect(caller).toMatchObject({ tokenId: id, userId: user.id, accountId: null })
    expect([...(caller?.privileges ?? [])]).toEqual(['read', 'verify'])
    expect(await findCaller(store.db, `${token}0`)).toBeUndefined()
    expect(await revokeToken(store.db, id, now)).toBe(true)
    expect(await findCaller(store.db, token)).toBeUndefined()
    expect(await revokeToken(store.db, id + 1, now)).toBe(false)
  })

  it('lists domains with their tags by id or slug, each once even when several accounts contain it', async () => {
    const user = await newUser('a@example.com')
    const [home, other] = [await newAccount(user.id, 'Home'), await newAccount(user.id, 'Other')]
    const first = await newDomain(user.id, home.id, 'first.test')
    const second = await newDomain(user.id, home.id, 'second.test')
    await addDomainMembership(store.db, {
      accountId: other.id,
      domainId: first,
      address: 'first.test',
      slug: 'first-test-x',
      now,
    })
    const tag = await createTag(store.db, { userId: user.id, name: 'Internal', color: '#10B981', now })
    await setDomainTags(store.db, second, [tag.id])

    const all = await domainViews(store.db, { accountIds: [home.id, other.id] })
    expect(all.map(({ id, account_id, slug }) => [id, account_id, slug])).toEqual([
      [first, home.id, 'first-test'],
      [second, home.id, 'second-test'],
    ])
    expect(all[1]?.tags).toEqual([{ id: tag.id, name: 'Internal', color: '#10B981' }])
    expect(await countDomains(store.db, [home.id, other.id])).toBe(2)
    const [seen] = await domainViews(store.db, { accountIds: [other.id], reference: 'first-test-x' })
    expect(seen).toMatchObject({ id: first, account_id: other.id })
    expect(await domainViews(store.db, { accountIds: [other.id], reference: String(second) })).toEqual([])
    expect(await domainViews(store.db, { accountIds: [home.id], page: { limit: 1, offset: 1 } })).toHaveLength(1)
    expect(await domainViews(store.db, { accountIds: [] })).toEqual([])
  })
})
