// jsdom has no CSS.escape, which the tabs use to find the one that takes the focus.
const page = globalThis as { CSS?: { escape(text: string): string } }
page.CSS ??= { escape: (text) => text.replace(/["\\]/g, '\\$&') }

export {}
