// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { Time } from './time.tsx'

afterEach(cleanup)

it.each(['', 'yesterday', '2026-99-99T00:00:00Z', '<img>'])(
  'shows "%s" as an unknown time, and the rest of the page',
  (at) => {
    const { container } = render(
      <p>
        Checked <Time at={at} />.
      </p>,
    )
    expect(container.textContent).toBe('Checked Unknown.')
  },
)
