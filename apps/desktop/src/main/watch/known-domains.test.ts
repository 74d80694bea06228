import { beforeEach, describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import { KnownDomains } from './known-domains.ts'

const a = domain('a.example')
const changed = domain('a.example', 'unhosted')
const b = domain('b.example')
const listed = <T>(_known: unknown, each: T) => each

let known: KnownDomains
beforeEach(() => {
  known = new KnownDomains([a])
})

const states = () => known.all.map(({ address, state }) => `${address} ${state}`)

describe('KnownDomains', () => {
  it('keeps what came of a change when a list that was requested before it arrives', () => {
    const asked = known.asking()
    known.keep(changed)
    known.takeList([a, b], asked, listed)
    expect(states()).toEqual(['a.example unhosted', 'b.example ready'])
    known.takeList([a, b], known.asking(), listed)
    expect(states()).toEqual(['a.example ready', 'b.example ready'])
  })

  it('keeps a domain that was created after the list was requested', () => {
    const asked = known.asking()
    known.keep(b)
    known.takeList([a], asked, listed)
    expect(states()).toEqual(['a.example ready', 'b.example ready'])
    known.takeList([a], known.asking(), listed)
    expect(states()).toEqual(['a.example ready'])
  })

  it('brings no domain back that was deleted after the request', () => {
    const asked = known.asking()
    known.remove(a.key)
    known.takeList([a], asked, listed)
    expect(known.take(a, asked)).toBeUndefined()
    expect(known.all).toEqual([])
  })

  it('takes no answer about a domain while that is being changed', async () => {
    let asked = 0
    await known.whileChanging(a.key, async () => {
      asked = known.asking()
      known.takeList([changed], asked, listed)
      known.take(changed, asked)
      expect(states()).toEqual(['a.example ready'])
    })
    known.take(changed, asked)
    expect(states()).toEqual(['a.example unhosted'])
  })

  it('takes the later of two verifications, in whichever order they arrive', () => {
    const [first, second] = [known.asking(), known.asking()]
    expect(known.take(changed, second)).toBe(changed)
    expect(known.take(a, first)).toBe(changed)
    expect(states()).toEqual(['a.example unhosted'])
  })
})
