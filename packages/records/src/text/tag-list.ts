import type { Place } from '../finding.ts'

/** One `name=value` of a `;`-separated list, with its places in the text. `value` is undefined where `=` is missing. */
export interface TagText extends Place {
  /** The whole piece without surrounding space; empty between two semicolons. */
  readonly text: string
  readonly name: string
  readonly namePlace: Place
  readonly value: string | undefined
  readonly valuePlace: Place
  /** True when spaces or tabs stand around the first `=`. */
  readonly spaced: boolean
}

/**
 * Cuts a text at its semicolons. Space and tab around `;` and `=` do not count (RFC 9989 4.8, RFC 8461 3.1); only the
 * first `=` separates. A text that ends in `;` has no empty last piece.
 */
export function scanTagList(text: string): TagText[] {
  const pieces: TagText[] = []
  let from = 0
  while (from <= text.length) {
    const semicolon = text.indexOf(';', from)
    const to = semicolon === -1 ? text.length : semicolon
    const piece = scanTag(text, from, to)
    if (piece.text !== '' || semicolon !== -1) pieces.push(piece)
    from = to + 1
  }
  return pieces
}

function scanTag(text: string, from: number, to: number): TagText {
  const whole = trim(text, from, to)
  const piece = text.slice(whole.start, whole.end)
  const equals = piece.indexOf('=')
  if (equals === -1) {
    const nowhere = { start: whole.end, end: whole.end }
    return {
      ...whole,
      text: piece,
      name: piece,
      namePlace: whole,
      value: undefined,
      valuePlace: nowhere,
      spaced: false,
    }
  }
  const at = whole.start + equals
  const namePlace = trim(text, whole.start, at)
  const valuePlace = trim(text, at + 1, whole.end)
  return {
    ...whole,
    text: piece,
    name: text.slice(namePlace.start, namePlace.end),
    namePlace,
    value: text.slice(valuePlace.start, valuePlace.end),
    valuePlace,
    spaced: namePlace.end !== at || valuePlace.start !== at + 1,
  }
}

/** One item of a comma-separated list with its place; space and tab around commas do not count. */
export interface ItemText extends Place {
  readonly text: string
}

/** Cuts a value at its commas; `offset` is where the value stands in the whole text. */
export function scanCommaList(value: string, offset: number): ItemText[] {
  const items: ItemText[] = []
  let from = 0
  while (from <= value.length) {
    const comma = value.indexOf(',', from)
    const to = comma === -1 ? value.length : comma
    const item = trim(value, from, to)
    items.push({ start: offset + item.start, end: offset + item.end, text: value.slice(item.start, item.end) })
    from = to + 1
  }
  return items
}

/** Narrows a stretch by the spaces and tabs at both ends; no other character is white space here (RFC 5234 WSP). */
export function trim(text: string, from: number, to: number): Place {
  const start = pastSpace(text, from, to)
  return { start, end: beforeSpace(text, start, to) }
}

/** Where a stretch begins without the spaces and tabs before it. */
export function pastSpace(text: string, from: number, to: number): number {
  let start = from
  while (start < to && isSpace(text.charCodeAt(start))) start++
  return start
}

/** Where a stretch ends without the spaces and tabs behind it. */
export function beforeSpace(text: string, from: number, to: number): number {
  let end = to
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--
  return end
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09
}
