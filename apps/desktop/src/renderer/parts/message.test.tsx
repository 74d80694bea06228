// @vitest-environment jsdom
import { parseDmarc } from '@dmarc-as-code/records'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { Findings } from './findings.tsx'
import { Message } from './message.tsx'

afterEach(cleanup)
const html = (text: string) => render(<Message text={text} />).container.innerHTML

describe('a message', () => {
  it('shows what it quotes as code', () => {
    expect(html('found `p=maybe`, expected `none` or `reject`')).toBe(
      'found <code>p=maybe</code>, expected <code>none</code> or <code>reject</code>',
    )
  })

  it('is left as it is without quotations, and with a backtick that quotes nothing', () => {
    expect(html('Nothing to say.')).toBe('Nothing to say.')
    expect(html('a ` b')).toBe('a ` b')
    expect(html('``')).toBe('``')
  })

  it('never becomes markup', () => {
    expect(html('found `<b>x</b>` & <i>')).toBe('found <code>&lt;b&gt;x&lt;/b&gt;</code> &amp; &lt;i&gt;')
  })

  it('of a real finding is read without backticks', () => {
    const { errors, warnings } = parseDmarc('v=DMARC1; p=maybe')
    render(<Findings errors={errors} warnings={warnings} />)
    const list = screen.getByRole('list')
    expect(list.textContent).toContain('maybe')
    expect(list.textContent).not.toContain('`')
    expect(list.querySelector('code')).not.toBeNull()
  })
})
