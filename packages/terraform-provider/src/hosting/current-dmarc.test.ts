import type { MailView } from '@dmarc-as-code/dns/apply'
import { describe, expect, it } from 'vitest'
import { currentDmarc } from './current-dmarc.ts'

const reject = 'v=DMARC1; p=reject; rua=mailto:soc@example.test'

/** Knows the texts at these names, and can look up no other. */
function knowing(texts: Record<string, readonly string[]>) {
  const asked: string[] = []
  const view: Pick<MailView, 'reaches' | 'texts'> = {
    reaches: () => true,
    async texts(name) {
      asked.push(name)
      const value = texts[name]
      return value ? { value } : { unknown: `${name} could not be looked up: timed out.` }
    },
  }
  return { asked, view: view as MailView }
}

describe('the DMARC record that applies now', () => {
  it('is the own one, whatever becomes of the parents, which are not asked', async () => {
    const { asked, view } = knowing({ '_dmarc.news.example.test': [reject] })
    expect(await currentDmarc('news.example.test', false, view)).toEqual({
      record: expect.stringContaining('p=reject'),
    })
    expect(asked).toEqual(['_dmarc.news.example.test'])
  })

  it('is the one of a parent where the domain has none, and not known where that cannot be asked', async () => {
    const none = { '_dmarc.news.example.test': [] }
    const parent = { ...none, '_dmarc.example.test': [reject], '_dmarc.test': [] }
    expect(await currentDmarc('news.example.test', false, knowing(parent).view)).toEqual({
      record: expect.stringContaining('p=reject'),
    })
    expect(await currentDmarc('news.example.test', false, knowing(none).view)).toEqual({
      unknown: '_dmarc.example.test could not be looked up: timed out.',
    })
  })
})
