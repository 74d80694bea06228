/** Small shapes as "is this point inside" functions, in units of the 22 x 22 icon grid. */
export type Shape = (x: number, y: number) => boolean

export const circle =
  (cx: number, cy: number, radius: number): Shape =>
  (x, y) =>
    (x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2

export function roundedBox(left: number, top: number, right: number, bottom: number, radius: number): Shape {
  return (x, y) => {
    if (x < left || x > right || y < top || y > bottom) return false
    const dx = Math.max(left + radius - x, x - (right - radius), 0)
    const dy = Math.max(top + radius - y, y - (bottom - radius), 0)
    return dx * dx + dy * dy <= radius * radius
  }
}

/** A line of round ends through the points. */
export function stroke(width: number, ...points: readonly (readonly [number, number])[]): Shape {
  const reach = (width / 2) ** 2
  const segments = points.slice(1).map(([x2, y2], index) => {
    const [x1, y1] = points[index] ?? [x2, y2]
    const [dx, dy] = [x2 - x1, y2 - y1]
    return { x1, y1, dx, dy, length: dx * dx + dy * dy }
  })
  return (x, y) => {
    for (const { x1, y1, dx, dy, length } of segments) {
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length))
      const [offX, offY] = [x - x1 - along * dx, y - y1 - along * dy]
      if (offX * offX + offY * offY <= reach) return true
    }
    return false
  }
}

export const triangle =
  (cx: number, top: number, halfBase: number, bottom: number): Shape =>
  (x, y) =>
    y >= top && y <= bottom && Math.abs(x - cx) <= (halfBase * (y - top)) / (bottom - top)

export const diamond =
  (cx: number, cy: number, radius: number): Shape =>
  (x, y) =>
    Math.abs(x - cx) + Math.abs(y - cy) <= radius

export const union =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    shapes.some((shape) => shape(x, y))

export const without =
  (shape: Shape, hole: Shape): Shape =>
  (x, y) =>
    shape(x, y) && !hole(x, y)

/** Digits on a 3 x 5 grid; one row per number, the lowest bit rightmost. */
const digits: readonly (readonly number[])[] = [
  [7, 5, 5, 5, 7],
  [2, 6, 2, 2, 7],
  [7, 1, 7, 4, 7],
  [7, 1, 3, 1, 7],
  [5, 5, 7, 1, 1],
  [7, 4, 7, 1, 7],
  [7, 4, 7, 5, 7],
  [7, 1, 2, 2, 2],
  [7, 5, 7, 5, 7],
  [7, 5, 7, 1, 7],
]

/** One digit, centred, `height` units high. */
export function digit(value: number, cx: number, cy: number, height: number): Shape {
  const rows = digits[value] ?? []
  const cell = height / 5
  return (x, y) => {
    const column = Math.floor((x - cx) / cell + 1.5)
    const row = Math.floor((y - cy) / cell + 2.5)
    return column >= 0 && column <= 2 && (((rows[row] ?? 0) >> (2 - column)) & 1) === 1
  }
}
