import { describe, expect, it } from 'vitest'
import { discoverDmarc, findOrganisationalDomain, treeWalkDomains } from './discover.ts'

/** A DNS of TXT values by name, which remembers what it was asked. */
function dns(zone: Record<string, string[]>) {
  const asked: string[] = []
  const lookup = async (name: string) => {
    asked.push(name)
    return zone[name] ?? []
  }
  return { asked, lookup }
}

const rua = 'rua=mailto:agg@example.org'

describe('treeWalkDomains', () => {
  it('takes one label at a time below eight labels', () => {
    expect(treeWalkDomains('a.b.example.com')).toEqual(['a.b.example.com', 'b.example.com', 'example.com', 'com'])
  })

  it('cuts eight labels and more straight to seven, so that there are never more than eight names', () => {
    const names = treeWalkDomains('a.b.c.d.e.f.g.h.i.j.mail.example.com')
    expect(names).toHaveLength(8)
    expect(names[1]).toBe('g.h.i.j.mail.example.com')
    expect(treeWalkDomains('a.b.c.d.e.f.example.com')[1]).toBe('b.c.d.e.f.example.com')
  })
})

describe('discoverDmarc', () => {
  it('uses the domain own record and the p in it', async () => {
    const { lookup } = dns({ '_dmarc.example.com': [`v=DMARC1; p=reject; sp=none; ${rua}`] })
    expect(await discoverDmarc('Example.com', lookup)).toMatchObject({
      policyDomain: 'example.com',
      organisationalDomain: 'example.com',
      tag: 'p',
      policy: 'reject',
      outcome: 'policy',
    })
  })

  it('inherits sp from the organisational domain, and np when the name does not exist', async () => {
    const { lookup } = dns({ '_dmarc.example.com': [`v=DMARC1; p=reject; sp=quarantine; np=reject; t=y; ${rua}`] })
    expect(await discoverDmarc('mail.example.com', lookup)).toMatchObject({
      policyDomain: 'example.com',
      tag: 'sp',
      policy: 'quarantine',
      applied: 'none',
    })
    expect(await discoverDmarc('no.example.com', lookup, { exists: () => false })).toMatchObject({
      tag: 'np',
      policy: 'reject',
      applied: 'quarantine',
    })
  })

  it('sees no policy at a middle label that is neither the domain nor the organisation', async () => {
    const { lookup } = dns({
      '_dmarc.b.example.com': [`v=DMARC1; p=reject; ${rua}`],
      '_dmarc.example.com': [`v=DMARC1; p=none; ${rua}`],
    })
    expect(await discoverDmarc('a.b.example.com', lookup)).toMatchObject({
      policyDomain: 'example.com',
      policy: 'none',
    })
  })

  it('finds a record at a middle label where nothing stands higher up, which RFC 7489 readers miss', async () => {
    const { lookup } = dns({ '_dmarc.b.example.com': [`v=DMARC1; p=reject; ${rua}`] })
    expect(await discoverDmarc('a.b.example.com', lookup)).toMatchObject({
      organisationalDomain: 'b.example.com',
      policy: 'reject',
      tag: 'sp',
    })
  })

  it('stops at psd=n, which names the organisational domain', async () => {
    const { lookup, asked } = dns({
      '_dmarc.b.example.com': [`v=DMARC1; p=quarantine; psd=n; ${rua}`],
      '_dmarc.example.com': [`v=DMARC1; p=none; ${rua}`],
    })
    expect(await discoverDmarc('a.b.example.com', lookup)).toMatchObject({ organisationalDomain: 'b.example.com' })
    expect(asked).toEqual(['_dmarc.a.b.example.com', '_dmarc.b.example.com'])
  })

  it('puts the organisational domain one label below psd=y, and falls back to the suffix policy', async () => {
    const { lookup } = dns({ '_dmarc.bank': [`v=DMARC1; p=reject; psd=y; ${rua}`] })
    expect(await discoverDmarc('www.shop.bank', lookup)).toMatchObject({
      organisationalDomain: 'shop.bank',
      policyDomain: 'bank',
      policy: 'reject',
    })
  })

  it('drops several records at one name and walks on', async () => {
    const { lookup } = dns({
      '_dmarc.mail.example.com': ['v=DMARC1; p=reject', 'v=DMARC1; p=none'],
      '_dmarc.example.com': [`v=DMARC1; p=quarantine; ${rua}`],
    })
    const found = await discoverDmarc('mail.example.com', lookup)
    expect(found.queries[0]).toEqual({ name: '_dmarc.mail.example.com', found: 'several' })
    expect(found.policy).toBe('quarantine')
  })

  it('answers no policy, and the domain itself as organisation, where nothing is found', async () => {
    const { lookup, asked } = dns({ '_dmarc.example.com': ['v=spf1 -all'] })
    expect(await discoverDmarc('mail.example.com', lookup)).toMatchObject({
      outcome: 'none',
      policy: null,
      record: null,
      organisationalDomain: 'mail.example.com',
    })
    expect(asked).toHaveLength(3)
  })

  it('tells a record that is ignored from none at all', async () => {
    const { lookup } = dns({ '_dmarc.example.com': ['v=DMARC1; p=rejct'] })
    expect(await discoverDmarc('example.com', lookup)).toMatchObject({ outcome: 'ignored', policy: null })
  })

  it('accepts a lookup that answers at once', async () => {
    expect((await discoverDmarc('example.com', () => ['v=DMARC1; p=none'])).policy).toBe('none')
  })

  it('fails when the DNS could not be asked, instead of guessing that there is no record', async () => {
    const lookup = () => Promise.reject(new Error('SERVFAIL'))
    await expect(discoverDmarc('example.com', lookup)).rejects.toThrow('SERVFAIL')
  })

  it.each([
    ['null', null],
    ['undefined', undefined],
    ['a string', 'v=DMARC1; p=none'],
    ['a list', [null]],
    ['a list', [new Uint8Array([118])]],
  ])('takes %s in place of TXT values for no empty answer', async (words, answer) => {
    const lookup = () => answer as unknown as string[]
    await expect(discoverDmarc('example.com', lookup)).rejects.toThrow(`_dmarc.example.com answered ${words}`)
    await expect(findOrganisationalDomain('example.com', lookup)).rejects.toThrow('expected a list of TXT values')
  })

  it('keeps the own policy where a later look-up answers no list of texts', async () => {
    const lookup = (name: string) =>
      name === '_dmarc.example.com' ? ['v=DMARC1; p=reject'] : (null as unknown as string[])
    const found = await discoverDmarc('example.com', lookup)
    expect(found).toMatchObject({ policy: 'reject', organisationalDomain: null })
  })

  it('keeps the own policy when a later look-up fails, with the organisational domain open (RFC 9989 4.10.1)', async () => {
    const cause = new Error('SERVFAIL')
    const lookup = (name: string) =>
      name === '_dmarc.mail.example.com' ? [`v=DMARC1; p=reject; ${rua}`] : Promise.reject(cause)
    expect(await discoverDmarc('mail.example.com', lookup)).toMatchObject({
      policyDomain: 'mail.example.com',
      policy: 'reject',
      organisationalDomain: null,
      uncertain: { about: 'organisational-domain', name: '_dmarc.example.com', cause },
      queries: [
        { name: '_dmarc.mail.example.com', found: 'one' },
        { name: '_dmarc.example.com', found: 'failed' },
      ],
    })
  })

  it('keeps the policy of a parent when a later look-up fails, and says that it may not be the one', async () => {
    const lookup = (name: string) =>
      name === '_dmarc.b.example.com' ? [`v=DMARC1; p=reject; ${rua}`] : name === '_dmarc.com' ? fail() : []
    const fail = () => Promise.reject(new Error('timeout'))
    expect(await discoverDmarc('a.b.example.com', lookup)).toMatchObject({
      policyDomain: 'b.example.com',
      policy: 'reject',
      organisationalDomain: null,
      uncertain: { about: 'policy', name: '_dmarc.com' },
    })
  })

  it('says that all is certain where no look-up failed', async () => {
    expect((await discoverDmarc('example.com', () => ['v=DMARC1; p=none'])).uncertain).toBeNull()
  })

  it('does not take the end of a look-up by the caller for a failure of the DNS', async () => {
    const stop = new AbortController()
    const lookup = (name: string) => {
      if (name === '_dmarc.mail.example.com') return [`v=DMARC1; p=reject; ${rua}`]
      stop.abort(new Error('enough'))
      return Promise.reject(new Error('the look-up was aborted'))
    }
    await expect(discoverDmarc('mail.example.com', lookup, { signal: stop.signal })).rejects.toThrow(/aborted/)
  })

  it('fails between two look-ups when the caller aborts', async () => {
    const stop = new AbortController()
    const asked: string[] = []
    const lookup = (name: string) => {
      asked.push(name)
      stop.abort(new Error('enough'))
      return []
    }
    await expect(discoverDmarc('a.example.com', lookup, { signal: stop.signal })).rejects.toThrow('enough')
    expect(asked).toHaveLength(1)
  })

  it('fails on what is no domain', async () => {
    await expect(discoverDmarc('10.0.0.1', () => [])).rejects.toThrow(/IP address/)
  })
})

describe('discoverDmarc where it cannot be learnt whether the domain exists', () => {
  const zone = { '_dmarc.example.com': [`v=DMARC1; p=none; sp=quarantine; np=reject; ${rua}`] }
  const cause = new Error('SERVFAIL')

  it.each([
    ['rejects', () => Promise.reject(cause)],
    [
      'throws',
      () => {
        throw cause
      },
    ],
  ])('keeps the policy of the parent when exists %s, and says so', async (_, exists) => {
    const found = await discoverDmarc('no.example.com', dns(zone).lookup, { exists })
    expect(found).toMatchObject({
      policyDomain: 'example.com',
      tag: 'sp',
      policy: 'quarantine',
      organisationalDomain: 'example.com',
      uncertain: { about: 'existence', name: 'no.example.com', cause },
    })
  })

  it('names the failed query of the tree walk first, which leaves more open', async () => {
    const found = await discoverDmarc(
      'no.example.com',
      (name) => (name === '_dmarc.com' ? Promise.reject(new Error('timed out')) : dns(zone).lookup(name)),
      { exists: () => Promise.reject(cause) },
    )
    expect(found).toMatchObject({ policy: 'quarantine', uncertain: { about: 'policy', name: '_dmarc.com' } })
  })

  it('does not ask where the domain has a record of its own', async () => {
    const found = await discoverDmarc('example.com', dns(zone).lookup, { exists: () => Promise.reject(cause) })
    expect(found).toMatchObject({ tag: 'p', policy: 'none', uncertain: null })
  })

  it('fails when the caller stops it meanwhile', async () => {
    const stop = new AbortController()
    const exists = () => {
      stop.abort(new Error('stopped'))
      return Promise.reject(new Error('aborted'))
    }
    await expect(discoverDmarc('no.example.com', dns(zone).lookup, { exists, signal: stop.signal })).rejects.toThrow(
      'aborted',
    )
  })
})

describe('findOrganisationalDomain', () => {
  /** The examples of RFC 9989 4.10.2, each starting at a.mail.example.com. */
  it.each([
    ['the record with the fewest labels', { mail: 'v=DMARC1; p=none', example: 'v=DMARC1; p=none' }, 'example.com'],
    ['the record with psd=n', { mail: 'v=DMARC1; p=none; psd=n', example: 'v=DMARC1; p=none' }, 'mail.example.com'],
    ['one label below psd=y', { com: 'v=DMARC1; p=none; psd=y' }, 'example.com'],
    ['the domain itself without any record', {}, 'a.mail.example.com'],
  ])('takes %s', async (_, records: { mail?: string; example?: string; com?: string }, expected) => {
    const { lookup } = dns({
      '_dmarc.mail.example.com': records.mail ? [records.mail] : [],
      '_dmarc.example.com': records.example ? [records.example] : [],
      '_dmarc.com': records.com ? [records.com] : [],
    })
    expect(await findOrganisationalDomain('A.mail.example.com', lookup)).toEqual({
      domain: 'a.mail.example.com',
      organisationalDomain: expected,
    })
  })

  it('fails when a look-up fails, and on what is no domain', async () => {
    const lookup = () => Promise.reject(new Error('SERVFAIL'))
    await expect(findOrganisationalDomain('example.com', lookup)).rejects.toThrow('SERVFAIL')
    await expect(findOrganisationalDomain('10.0.0.1', () => [])).rejects.toThrow(/IP address/)
  })
})
