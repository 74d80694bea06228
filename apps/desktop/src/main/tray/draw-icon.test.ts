import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { TrayState } from '../../shared/tray-state.ts'
import { drawIcon } from './draw-icon.ts'

const states: TrayState[] = ['empty', 'offline', 'error', 'attention', 'working', 'well']

/** Which pixels are mostly covered: what remains when colours cannot be told apart. */
function silhouette(png: Buffer, size: number): string {
  const start = png.indexOf('IDAT')
  const rows = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)))
  const alphas = Array.from({ length: size * size }, (_, index) => {
    const [x, y] = [index % size, Math.floor(index / size)]
    return rows[y * (1 + size * 4) + 1 + x * 4 + 3] ?? 0
  })
  return alphas.map((alpha) => (alpha > 127 ? '#' : '.')).join('')
}

describe('the icon', () => {
  it.each([22, 44])('has a silhouette of its own for every state at %d pixels', (size) => {
    const shapes = states.map((state) => silhouette(drawIcon({ state, count: 0, panel: 'template', size }), size))
    for (const [index, shape] of shapes.entries()) {
      for (const other of shapes.slice(index + 1)) {
        const different = [...shape].filter((pixel, place) => pixel !== other[place]).length
        expect(different).toBeGreaterThan(size / 3)
      }
    }
  })

  it('shows different counts differently, and a count above nine by its mark', () => {
    const draw = (count: number) => silhouette(drawIcon({ state: 'attention', count, panel: 'dark', size: 44 }), 44)
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(draw)).size).toBe(10)
    expect(draw(10)).toBe(draw(250))
  })

  it('has the same shape on a dark and a light panel, in other colours', () => {
    const [dark, light] = (['dark', 'light'] as const).map((panel) =>
      drawIcon({ state: 'well', count: 0, panel, size: 22 }),
    )
    expect(dark && light && silhouette(dark, 22) === silhouette(light, 22)).toBe(true)
    expect(dark && light && dark.equals(light)).toBe(false)
  })
})
