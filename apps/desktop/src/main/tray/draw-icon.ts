import type { TrayState } from '../../shared/tray-state.ts'
import { encodePng } from './png.ts'
import { circle, diamond, digit, roundedBox, type Shape, stroke, triangle, union, without } from './shapes.ts'

interface IconLook {
  readonly state: TrayState
  /** Drawn as a digit where it is 1 to 9; the tooltip has every number. */
  readonly count: number
  /**
   * `template`: black on nothing, which macOS tints. `outlined`: bright with a dark edge, for a panel of any tone. Otherwise
   * the tone of the panel behind the icon.
   */
  readonly panel: 'dark' | 'light' | 'outlined' | 'template'
  /** Width and height in pixels. */
  readonly size: number
}

type Colour = readonly [number, number, number]
interface Layer {
  readonly shape: Shape
  /** Undefined cuts a hole. */
  readonly colour: Colour | undefined
}

const badgeColours: Record<TrayState, { dark: Colour; light: Colour }> = {
  well: { dark: [98, 214, 150], light: [17, 122, 70] },
  working: { dark: [125, 180, 255], light: [29, 92, 190] },
  attention: { dark: [255, 190, 84], light: [178, 96, 0] },
  error: { dark: [255, 132, 124], light: [188, 38, 32] },
  offline: { dark: [205, 210, 218], light: [84, 92, 104] },
  empty: { dark: [205, 210, 218], light: [84, 92, 104] },
}

// An envelope with a badge: each state has its own badge shape, so the icon reads without colour too.
const envelope = union(
  without(roundedBox(1, 3, 21, 17.5, 2.6), roundedBox(2.7, 4.7, 19.3, 15.8, 1.2)),
  stroke(1.7, [2.4, 5.2], [11, 11.2], [19.6, 5.2]),
)

// One unit wider on either side of each of its lines.
const envelopeEdge = union(
  without(roundedBox(0, 2, 22, 18.5, 3.4), roundedBox(3.7, 5.7, 18.3, 14.8, 0.6)),
  stroke(3.7, [2.4, 5.2], [11, 11.2], [19.6, 5.2]),
)

/** Light against any dark panel, dark against any light one; on grey both keep 3:1. */
export const iconTones = { bright: [240, 242, 246], dark: [24, 28, 36] } as const satisfies Record<string, Colour>

const [bx, by] = [15.6, 15.4]

function badge({ state, count }: IconLook): { outline: Shape; body: Shape; mark: Shape } {
  const number = count >= 1 && count <= 9 ? digit(count, bx, by + 0.1, 6.6) : undefined
  switch (state) {
    case 'well':
      return {
        outline: circle(bx, by, 6.6),
        body: circle(bx, by, 5.6),
        mark: stroke(1.6, [bx - 2.5, by + 0.2], [bx - 0.6, by + 2.1], [bx + 2.6, by - 1.9]),
      }
    case 'working': {
      const dots = union(circle(bx - 2.7, by, 0.95), circle(bx, by, 0.95), circle(bx + 2.7, by, 0.95))
      return {
        outline: roundedBox(bx - 6.4, by - 6.2, bx + 6.4, by + 6.2, 3.2),
        body: roundedBox(bx - 5.4, by - 5.2, bx + 5.4, by + 5.2, 2.4),
        mark: number ?? dots,
      }
    }
    case 'attention': {
      const mark = union(stroke(1.7, [bx, by - 1.6], [bx, by + 1.4]), circle(bx, by + 3.7, 0.95))
      return {
        outline: triangle(bx, by - 9.4, 8.6, by + 6.6),
        body: triangle(bx, by - 7, 6.6, by + 5.6),
        mark: number ? digit(count, bx, by + 1.8, 5.6) : mark,
      }
    }
    case 'error': {
      const cross = union(
        stroke(1.7, [bx - 2, by - 2], [bx + 2, by + 2]),
        stroke(1.7, [bx + 2, by - 2], [bx - 2, by + 2]),
      )
      return { outline: diamond(bx, by, 8.6), body: diamond(bx, by, 7.2), mark: cross }
    }
    case 'offline':
      return {
        outline: circle(bx, by, 6.6),
        body: without(circle(bx, by, 5.6), circle(bx, by, 4)),
        mark: stroke(0, [0, 0], [0, 0]),
      }
    case 'empty':
      return {
        outline: circle(bx, by, 6.6),
        body: union(stroke(1.8, [bx - 4, by], [bx + 4, by]), stroke(1.8, [bx, by - 4], [bx, by + 4])),
        mark: stroke(0, [0, 0], [0, 0]),
      }
  }
}

function layersOf(look: IconLook): Layer[] {
  const { panel } = look
  const { bright, dark } = iconTones
  const ink: Colour = panel === 'template' ? [0, 0, 0] : panel === 'light' ? dark : bright
  const { outline, body, mark } = badge(look)
  const colour = panel === 'template' ? ink : badgeColours[look.state][panel === 'light' ? 'light' : 'dark']
  // What separates and marks is a hole, or the edge's tone where there is an edge.
  const gap = panel === 'outlined' ? dark : undefined
  const slash: Layer[] =
    look.state === 'offline' ? [{ shape: stroke(1.6, [bx - 3.2, by + 3.2], [bx + 3.2, by - 3.2]), colour }] : []
  return [
    ...(gap ? [{ shape: envelopeEdge, colour: gap }] : []),
    { shape: envelope, colour: ink },
    { shape: outline, colour: gap },
    { shape: body, colour },
    { shape: mark, colour: gap },
    ...slash,
  ]
}

const samples = 4

/** The tray icon as a PNG. Drawn instead of shipped, as every state, count, panel and scale would be a file. */
export function drawIcon(look: IconLook): Buffer {
  return rasterise(layersOf(look), look.size, 22)
}

/** The icon of the app itself: the envelope on the accent, for menus, notifications and packages. */
export function drawAppIcon(size: number): Buffer {
  const inset =
    (shape: Shape): Shape =>
    (x, y) =>
      shape((x - 11) / 0.68 + 11, (y - 11.4) / 0.68 + 10.6)
  const look: IconLook = { state: 'well', count: 0, panel: 'dark', size }
  const [envelopeLayer, cut, ...rest] = layersOf(look)
  const ground: Colour = [40, 66, 122]
  const layers: Layer[] = [{ shape: roundedBox(1, 1, 21, 21, 4.8), colour: ground }]
  if (envelopeLayer) layers.push({ ...envelopeLayer, shape: inset(envelopeLayer.shape) })
  if (cut) layers.push({ shape: inset(cut.shape), colour: ground })
  for (const { shape, colour } of rest) layers.push({ shape: inset(shape), colour: colour ?? ground })
  return rasterise(layers, size, 22)
}

/** The samples in the corners of a pixel. Where they agree, hardly anything else can be between them. */
const corners = [0, samples - 1, samples * (samples - 1), samples * samples - 1]
const all = Array.from({ length: samples * samples }, (_, sample) => sample)

function rasterise(layers: readonly Layer[], size: number, grid: number): Buffer {
  const pixels = new Uint8Array(size * size * 4)
  const step = grid / size / samples
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const topAt = (sample: number) => {
        const sx = (x * samples + (sample % samples) + 0.5) * step
        const sy = (y * samples + Math.floor(sample / samples) + 0.5) * step
        return layers.findLast((layer) => layer.shape(sx, sy))
      }
      const first = topAt(0)
      const uniform = corners.every((sample) => topAt(sample) === first)
      let [red, green, blue, covered] = [0, 0, 0, 0]
      // The edges are what takes time, and most pixels are on none.
      for (const sample of uniform ? [0] : all) {
        const colour = uniform ? first?.colour : topAt(sample)?.colour
        if (!colour) continue
        red += colour[0]
        green += colour[1]
        blue += colour[2]
        covered++
      }
      if (covered === 0) continue
      const alpha = Math.round((covered * 255) / (uniform ? 1 : all.length))
      pixels.set([red / covered, green / covered, blue / covered, alpha], (y * size + x) * 4)
    }
  }
  return encodePng(pixels, size, size)
}
