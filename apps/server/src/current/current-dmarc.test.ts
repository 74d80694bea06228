import type { DnsRecord } from '@dmarc-as-code/dns/wire'
import { describe, expect, it } from 'vitest'
import { currentDmarc } from './current-dmarc.ts'
import { found, notKnown } from './found.ts'
import type { LookUp } from './look-up.ts'

const target = 'k.dmarc.hosted.test'
const txt = (name: string, data: string) => ({ name, type: 'TXT' as const, ttl: 60, data, strings: [data] })
const alias = { name: '_dmarc.news.example.test', type: 'CNAME' as const, ttl: 60, data: `${target}.` }
const reject = 'v=DMARC1; p=reject'

/** Answers by name; every other name could not be looked up. */
function looking(answers: Record<string, Awaited<ReturnType<LookUp>>>) {
  const asked: string[] = []
  const lookUp: LookUp = async (name) => {
    asked.push(name)
    return answers[name] ?? notKnown(`${name} could not be looked up: timed out.`)
  }
  return { asked, read: () => currentDmarc('news.example.test', target, lookUp) }
}

describe('the DMARC record that is live', () => {
  it('is the own one, whatever becomes of the parents, which are not asked', async () => {
    const { asked, read } = looking({ '_dmarc.news.example.test': found([txt('_dmarc.news.example.test', reject)]) })
    expect(await read()).toMatchObject({ known: true, value: { own: { text: reject }, leadsHere: false } })
    expect(asked).toEqual(['_dmarc.news.example.test'])
  })

  it('is known beside a parent that is not, where hosting ends and the parent would count', async () => {
    const { read } = looking({ '_dmarc.news.example.test': found([alias, txt(target, reject)]) })
    expect(await read()).toMatchObject({
      known: true,
      value: { own: { text: reject }, inherited: { known: false }, leadsHere: true },
    })
  })

  it('is not known where the domain has none and a parent cannot be asked', async () => {
    const none = found<DnsRecord[]>([])
    expect(await looking({ '_dmarc.news.example.test': none }).read()).toEqual(
      notKnown('_dmarc.example.test could not be looked up: timed out.'),
    )
    const parent = found([txt('_dmarc.example.test', reject)])
    const answers = { '_dmarc.news.example.test': none, '_dmarc.example.test': parent, '_dmarc.test': none }
    expect(await looking(answers).read()).toMatchObject({
      value: { own: null, inherited: { value: { domain: 'example.test', record: { text: reject } } } },
    })
  })
})
