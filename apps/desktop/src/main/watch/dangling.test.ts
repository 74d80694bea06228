import { describe, expect, it } from 'vitest'
import { domain, record } from '../../../test/fixtures.ts'
import { isDangling, markDangling, recheckDangling } from './dangling.ts'
import { mergeListed } from './merge.ts'

const hosted = domain('a.example')
const off = domain('a.example', 'unhosted', { hostedDmarc: false })

describe('a domain whose hosting was turned off', () => {
  it('needs action while its CNAME may still be in place', () => {
    const marked = mergeListed(hosted, off)
    expect(marked.state).toBe('attention')
    expect(marked.records[0]).toMatchObject({ dangling: 'key.dmarc.hosted.example' })
    expect(isDangling(mergeListed(marked, off))).toBe(true)
  })

  it('needs no action when its CNAME was never in place', () => {
    expect(markDangling(domain('a.example', 'attention'), off).state).toBe('unhosted')
    expect(markDangling(undefined, off).state).toBe('unhosted')
  })

  it('needs no action once hosting is on again', () => {
    expect(isDangling(mergeListed(mergeListed(hosted, off), hosted))).toBe(false)
  })

  it.each([
    ['is gone', undefined],
    ['leads elsewhere', 'other.example'],
  ])('is no longer marked once the CNAME %s', async (_what, found) => {
    const marked = markDangling(hosted, off)
    const checked = await recheckDangling(marked, async () => found)
    expect(checked.state).toBe('unhosted')
    expect(checked.records[0]).toEqual(record('a.example', 'unhosted', { why: 'Hosting is off for this record.' }))
  })

  it.each([
    ['is still there', 'KEY.dmarc.hosted.example'],
    ['cannot be looked up', 'unknown'],
  ])('stays marked while the CNAME %s', async (_what, found) => {
    const marked = markDangling(hosted, off)
    expect(await recheckDangling(marked, async () => found)).toBe(marked)
  })
})
