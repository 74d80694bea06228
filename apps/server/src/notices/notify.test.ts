import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { storeWithDomain } from '../../test/store-with-domain.ts'
import { addTarget, listTargets, nextDelivery, settleDelivery } from '../store/notices.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createTag, deleteTag, setDomainTags } from '../store/tags.ts'
import { notify } from './notify.ts'

const now = 1_800_000_000_000
const hour = 3_600_000

describeEngines('notices to owners', (fresh) => {
  let store: Store
  let userId: number
  let domainId: number
  beforeAll(async () => {
    store = await openStore(await fresh())
    ;({ userId, domainId } = await storeWithDomain(store, 'example.test'))
  })
  beforeEach(async () => {
    await store.db.deleteFrom('notices').execute()
  })
  afterAll(() => store?.close())

  const ready = (at: number, service: 'dmarc' | 'mta_sts' = 'dmarc') =>
    notify(store.db, { kind: 'became_ready', domainId, facts: { service }, now: at })

  it('leave out a repetition in the time that their kind keeps quiet', async () => {
    expect(await ready(now)).toBe(true)
    expect(await ready(now + hour)).toBe(false)
    expect(await ready(now + hour, 'mta_sts')).toBe(true)
    expect(await ready(now + 6 * hour)).toBe(true)
  })

  it('that are sent once are never repeated', async () => {
    const notice = { kind: 'still_missing', domainId, facts: { service: 'dmarc', days: 7, records: [] } } as const
    expect(await notify(store.db, { ...notice, once: 'since 1', now })).toBe(true)
    expect(await notify(store.db, { ...notice, once: 'since 1', now: now + 1000 * hour })).toBe(false)
    expect(await notify(store.db, { ...notice, once: 'since 2', now: now + 1000 * hour })).toBe(true)
  })

  it('are queued in order for each target that exists by then', async () => {
    const target = { userId, channel: 'mail', destination: 'owner@example.com', secret: null, now } as const
    await ready(now)
    const { id } = await addTarget(store.db, target)
    await ready(now + 6 * hour)
    await ready(now + 12 * hour)
    const first = await nextDelivery(store.db, id, domainId)
    expect(first).toMatchObject({ kind: 'became_ready', address: 'example.test', created_at: now + 6 * hour })
    const work = await store.db.selectFrom('work').select(['task', 'subject']).where('task', '=', 'notify').execute()
    expect(work).toEqual([{ task: 'notify', subject: `${id} ${domainId}` }])
    await settleDelivery(store.db, { noticeId: first?.id ?? 0, targetId: id }, null, now)
    expect((await nextDelivery(store.db, id, domainId))?.created_at).toBe(now + 12 * hour)
  })

  it('reach a target for one tag only about domains that carry it', async () => {
    const tag = await createTag(store.db, { userId, name: 'clients', color: '#112233', now })
    const target = { userId, channel: 'mail', destination: 'clients@example.com', secret: null, now } as const
    const { id } = await addTarget(store.db, { ...target, tagId: tag.id })
    const waiting = async () => (await listTargets(store.db)).find((each) => each.id === id)
    await ready(now)
    expect(await waiting()).toMatchObject({ tag: 'clients', waiting: 0 })
    await setDomainTags(store.db, domainId, [tag.id])
    await ready(now + 6 * hour)
    expect(await waiting()).toMatchObject({ waiting: 1 })
    await deleteTag(store.db, tag.id)
    expect(await waiting()).toBeUndefined()
  })

  it('about a domain that is gone are dropped', async () => {
    expect(await notify(store.db, { kind: 'became_ready', domainId: 999, facts: { service: 'dmarc' }, now })).toBe(
      false,
    )
  })
})
