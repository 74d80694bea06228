import { describe, expect, it } from 'vitest'
import { oldNodeMessage } from './node-release.ts'

describe('oldNodeMessage', () => {
  const manifest = { name: '@dmarc-as-code/server', engines: { node: '>=22.12' } }

  it.each(['22.12.0', '22.13.1', '23.0.0', '24.1.0', '100.0.0'])('has nothing to say about Node %s', (running) => {
    expect(oldNodeMessage(manifest, running)).toBeUndefined()
  })

  it.each(['22.11.9', '20.20.2', '9.99.0'])(
    'names both releases and where to get a newer one on Node %s',
    (running) => {
      expect(oldNodeMessage(manifest, running)).toBe(
        `@dmarc-as-code/server needs Node 22.12 or newer, and this is Node ${running}. Install a newer release from https://nodejs.org, or by your package manager.`,
      )
    },
  )

  it('refuses a range that it cannot read', () => {
    expect(() => oldNodeMessage({ name: 'x', engines: { node: '^22' } }, '24.0.0')).toThrow(
      'engines.node of x is "^22"; expected the form ">=22.12".',
    )
  })
})
