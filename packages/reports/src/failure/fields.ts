import type { HeaderField } from './types.ts'

const mostFields = 200
const longestField = 16 * 1024

/**
 * Header fields of a text (RFC 5322 section 2.2): CRLF or LF, continuation lines unfolded, up to the first empty line. At
 * most 200 fields of at most 16 KiB; what lies beyond is left out.
 */
export function headerFields(text: string): HeaderField[] {
  const fields: { name: string; value: string }[] = []
  for (const line of text.replace(/^\s+/, '').split(/\r?\n/)) {
    if (line === '') break
    const last = fields.at(-1)
    if (/^[ \t]/.test(line) && last) {
      if (last.value.length < longestField) last.value += ` ${line.trim()}`
      continue
    }
    const field = /^([!-9;-~]{1,100})[ \t]*:(.*)$/s.exec(line)
    if (!field || fields.length >= mostFields) continue
    fields.push({ name: field[1] as string, value: (field[2] as string).trim().slice(0, longestField) })
  }
  return fields
}
