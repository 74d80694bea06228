import { describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import { groupDomains } from '../../shared/groups.ts'
import { type ListLayout, layOut, spanOf, within } from './row-layout.ts'

const names = (count: number, suffix: string) => Array.from({ length: count }, (_, index) => `d${index}.${suffix}`)
const domains = [
  ...names(100, 'act.example').map((name) => domain(name, 'attention', { key: name })),
  ...names(100, 'rest.example').map((name) => domain(name, 'unhosted', { key: name })),
]
const layout = layOut(groupDomains(domains, 'next'), 32, 30)
const shown = (of: ListLayout, top: number, bottom: number, kept?: string) =>
  within(of, { top, bottom }, kept).map(({ group, rows }) => [group.id, ...rows.map(({ domain: { key } }) => key)])

describe('the layout of the list', () => {
  it('places every heading and row without drawing one', () => {
    expect(layout.height).toBe(2 * 30 + 200 * 32)
    expect(layout.sections.map(({ top, height }) => [top, height])).toEqual([
      [0, 3230],
      [3230, 3230],
    ])
    expect(layout.rows.map(({ index }) => index)).toEqual(domains.map((_, index) => index))
    expect(spanOf(layout, layout.rows[100] as never)).toEqual({ top: 3260, bottom: 3292 })
    expect(spanOf(layout, layout.rows[99] as never)).toEqual({ top: 3198, bottom: 3230 })
  })

  it('finds the rows within a span, across two groups', () => {
    expect(shown(layout, 3198, 3292)).toEqual([
      ['attention', 'd99.act.example'],
      ['unhosted', 'd0.rest.example'],
    ])
    expect(shown(layout, 0, 30)).toEqual([['attention']])
    expect(shown(layout, 6460, 9000)).toEqual([])
  })

  it('keeps the row with the focus wherever it stands', () => {
    const focused = layout.rows[150]?.id
    expect(shown(layout, 0, 62, focused)).toEqual([
      ['attention', 'd0.act.example'],
      ['unhosted', 'd50.rest.example'],
    ])
    expect(shown(layout, 0, 62, layout.rows[0]?.id)).toEqual([['attention', 'd0.act.example']])
  })

  it('has a row for each tag of a domain, each with an id of its own', () => {
    const tags = ['a', 'b'].map((name, id) => ({ id, name, color: '#112233' }))
    const byTag = layOut(groupDomains([domain('x.example', 'ready', { tags })], 'tag'), 32, 30)
    expect(new Set(byTag.rows.map(({ id }) => id)).size).toBe(2)
  })

  it('is empty for no domains', () => {
    expect(layOut([], 32, 30)).toMatchObject({ rows: [], height: 0 })
  })
})
