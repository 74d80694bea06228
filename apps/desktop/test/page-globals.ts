// What jsdom lacks of the page: sizes never change there, so an observer of them has nothing to tell.
const page = globalThis as { ResizeObserver?: unknown }
page.ResizeObserver ??= class {
  observe(): void {}
  disconnect(): void {}
}

export {}
