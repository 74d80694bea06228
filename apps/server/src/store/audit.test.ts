import { describe, expect, it } from 'vitest'
import { auditEvents, erasePerson, recordChange } from './audit.ts'
import { openStore } from './open-store.ts'

const actor = (userId: number | null) => ({ userId, tokenId: null, source: '192.0.2.1', requestId: null })

describe('erasing a person from the audit log', () => {
  it('takes their words and email addresses out of what they own, and leaves what others did and own', async () => {
    const store = await openStore(':memory:')
    const record = 'v=DMARC1; p=none; rua=mailto:jane@example.com!10m,mailto:"j"@x"y'
    const domain = { object: 'domain' as const, id: 1, name: 'example.com', before: null }
    await recordChange(
      store.db,
      'updateDomain',
      actor(1),
      { ...domain, ownerId: 1, after: { record, allow_weaker: 'says Jane' } },
      1,
    )
    const account = { object: 'account' as const, id: 1, name: 'Jane Ltd', ownerId: 1, before: null }
    await recordChange(
      store.db,
      'createAccount',
      actor(null),
      { ...account, after: { title: 'Jane Ltd', slug: 'jane-ltd' } },
      1,
    )
    await recordChange(store.db, 'updateDomain', actor(1), { ...domain, ownerId: 2, after: { record } }, 2)
    await recordChange(store.db, 'updateDomain', actor(2), { ...domain, ownerId: 1, after: { hosted_dmarc: true } }, 3)
    expect(await erasePerson(store.db, 1)).toBe(4)
    const [byOther, ofOther, ofAccount, own] = await auditEvents(store.db, { limit: 10 })
    expect(own).toMatchObject({ source: null, object_name: 'example.com' })
    expect(JSON.parse(own?.after ?? '').record).toMatch(/^v=DMARC1; p=none; rua=mailto:!10m,mailto:/)
    expect(own?.after).not.toMatch(/jane|@/i)
    expect(ofAccount).toMatchObject({ object_name: null, after: '{"title":null,"slug":null}' })
    expect(ofOther).toMatchObject({ source: null, after: JSON.stringify({ record }) })
    expect(byOther).toMatchObject({ source: '192.0.2.1', after: '{"hosted_dmarc":true}' })
    await store.close()
  })
})
