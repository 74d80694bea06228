// What jsdom lacks of the page: sizes never change there, so an observer of them has nothing to tell; the theme never
// changes; and what is drawn goes nowhere.
const page = globalThis as {
  ResizeObserver?: unknown
  matchMedia?: unknown
  Path2D?: unknown
  HTMLCanvasElement?: unknown
}
page.ResizeObserver ??= class {
  observe(): void {}
  disconnect(): void {}
}
page.matchMedia ??= () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} })
page.Path2D ??= class {
  rect(): void {}
  moveTo(): void {}
  lineTo(): void {}
  arc(): void {}
  closePath(): void {}
}

/** Takes every call and every property; measures every text as ten pixels wide. */
const paper = new Proxy({} as Record<string | symbol, unknown>, {
  get: (kept, name) => (name === 'measureText' ? () => ({ width: 10 }) : (kept[name] ?? (() => undefined))),
})
const canvas = page.HTMLCanvasElement as { prototype: { getContext: unknown } } | undefined
if (canvas) canvas.prototype.getContext = () => paper

export {}
