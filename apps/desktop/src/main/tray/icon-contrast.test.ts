import { describe, expect, it } from 'vitest'
import { iconTones } from './draw-icon.ts'

type Colour = readonly [number, number, number]

/** WCAG 2.2: relative luminance. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: Colour, b: Colour): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const panels: [string, Colour][] = [
  ['white', [255, 255, 255]],
  ['light', [240, 240, 240]],
  ['grey', [128, 128, 128]],
  ['dark', [48, 48, 48]],
  ['black', [0, 0, 0]],
]

describe('the outlined icon', () => {
  it.each(panels)('has a tone of 3:1 on a panel that is %s', (_name, panel) => {
    expect(Math.max(contrast(iconTones.bright, panel), contrast(iconTones.dark, panel))).toBeGreaterThanOrEqual(3)
  })

  it('tells its own two tones apart', () => {
    expect(contrast(iconTones.bright, iconTones.dark)).toBeGreaterThan(7)
  })
})
