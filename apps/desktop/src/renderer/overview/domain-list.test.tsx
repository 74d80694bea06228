// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import '../../../test/page-globals.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { DomainList } from './domain-list.tsx'

afterEach(cleanup)

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => domain(`d${index}.example`, 'ready', { key: `d${index}` }))

function open(domains: readonly DomainSummary[], { picking = false } = {}) {
  const opened: string[] = []
  let chosen: ReadonlySet<string> = new Set()
  function List() {
    const [selected, setSelected] = useState<ReadonlySet<string> | undefined>(picking ? new Set() : undefined)
    chosen = selected ?? new Set()
    return (
      <DomainList
        domains={domains}
        grouping="none"
        density="compact"
        current={undefined}
        onOpen={(key) => opened.push(key)}
        selected={selected}
        onSelect={setSelected}
      />
    )
  }
  render(<List />)
  return { user: userEvent.setup(), opened, chosen: () => [...chosen].sort() }
}

const focused = () => document.activeElement?.querySelector('.domain-title')?.textContent

describe('the list of thousands', () => {
  it('has elements only for the rows on screen and a few around them', () => {
    open(many(5_000))
    const rows = screen.getAllByRole('option')
    expect(rows.length).toBeLessThan(60)
    expect(rows[0]?.getAttribute('aria-setsize')).toBe('5000')
  })

  it('moves the focus by keyboard, also to rows that were not there', async () => {
    const { user, opened } = open(many(5_000))
    await user.tab()
    expect(focused()).toBe('d0.example')
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(focused()).toBe('d2.example')
    await user.keyboard('{End}')
    expect(focused()).toBe('d4999.example')
    expect(opened).toEqual([])
    await user.keyboard('{Enter}')
    expect(opened).toEqual(['d4999'])
    await user.keyboard('d17')
    expect(focused()).toBe('d17.example')
  })

  it('opens the row that is clicked', async () => {
    const { user, opened } = open(many(3))
    await user.click(screen.getByText('d1.example'))
    expect(opened).toEqual(['d1'])
  })
})

describe('the choice of several', () => {
  it('adds and removes one, a range, or all', async () => {
    const { user, opened, chosen } = open(many(6), { picking: true })
    await user.click(screen.getByText('d1.example'))
    await user.click(screen.getByText('d4.example'))
    await user.click(screen.getByText('d1.example'))
    expect(chosen()).toEqual(['d4'])
    await user.click(screen.getByText('d4.example'))
    await user.click(screen.getByText('d2.example'))
    fireEvent.click(screen.getByText('d4.example'), { shiftKey: true })
    expect(chosen()).toEqual(['d2', 'd3', 'd4'])
    await user.keyboard('{Control>}a{/Control}')
    expect(chosen()).toHaveLength(6)
    await user.keyboard('{Escape}')
    expect(chosen()).toEqual([])
    expect(opened).toEqual([])
  })

  it('extends with Shift and the arrows', async () => {
    const { user, chosen } = open(many(6), { picking: true })
    await user.tab()
    await user.keyboard(' {Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(chosen()).toEqual(['d0', 'd1', 'd2'])
  })
})
