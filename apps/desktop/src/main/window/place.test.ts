import { describe, expect, it } from 'vitest'
import { defaultSize, windowPlace } from './place.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1080 }
const second = { x: 1920, y: 0, width: 1280, height: 800 }

describe('the window opens', () => {
  it('where it was', () => {
    const was = { x: 2000, y: 50, width: 600, height: 500 }
    expect(windowPlace(was, undefined, [screen, second])).toEqual(was)
  })

  it('on a screen that exists when the other one was unplugged', () => {
    const place = windowPlace({ x: 2000, y: 50, width: 600, height: 500 }, undefined, [screen])
    expect(place.x + place.width).toBeLessThanOrEqual(screen.width)
  })

  it.each([
    [
      { x: -200, y: 20, width: 600, height: 500 },
      { x: 0, y: 20, width: 600, height: 500 },
    ],
    [
      { x: 1700, y: 700, width: 600, height: 900 },
      { x: 1320, y: 180, width: 600, height: 900 },
    ],
    [
      { x: 0, y: 0, width: 2400, height: 1400 },
      { x: 0, y: 0, width: 1920, height: 1080 },
    ],
  ])('inside the screen when it was partly outside: %o', (was, place) => {
    expect(windowPlace(was, undefined, [screen])).toEqual(place)
  })

  it('under an icon in a bar at the top', () => {
    const icon = { x: 1000, y: 0, width: 24, height: 24 }
    expect(windowPlace(undefined, icon, [screen])).toEqual({ ...defaultSize, x: 782, y: 32 })
  })

  it('above an icon in a bar at the bottom, inside the screen', () => {
    const place = windowPlace(undefined, { x: 1900, y: 1050, width: 24, height: 24 }, [screen])
    expect(place.y + place.height).toBeLessThan(1050)
    expect(place.x + place.width).toBeLessThanOrEqual(1920)
  })

  it('in the corner where the system does not say where the icon is', () => {
    expect(windowPlace(undefined, { x: 0, y: 0, width: 0, height: 0 }, [screen])).toMatchObject({ x: 1452, y: 8 })
  })

  it('no larger than a small screen', () => {
    const small = { x: 0, y: 0, width: 400, height: 500 }
    expect(windowPlace(undefined, undefined, [small])).toMatchObject({ width: 400, height: 484 })
  })
})
