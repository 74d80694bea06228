/** The text of a comment as its readers see it: characters in the place of their entities, without those that have no width. */
export const asRead = (markdown: string) =>
  markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll('\u200b', '')
