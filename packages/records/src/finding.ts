import { type FindingCode, findingCatalogue } from './catalogue.ts'

/** One thing a reader of a record should know. Errors mean: do not publish this. Warnings mean: know this before you do. */
export interface Finding {
  /** Stable across versions; the README lists them all. */
  readonly code: FindingCode
  readonly severity: 'error' | 'warning'
  /** What is wrong, what was found, what was expected and what to do next, in one line of plain text. */
  readonly message: string
  /** Where it starts in the parsed text, in UTF-16 units from 0 (several character-strings count as joined). */
  readonly start: number
  /** Where it ends, exclusive. Equal to `start` where something is missing. */
  readonly end: number
  /** The tag or field it is about, in lower case for DMARC, as written elsewhere. */
  readonly tag?: string
}

/** A stretch of the parsed text. */
export interface Place {
  readonly start: number
  readonly end: number
}

/** The four parts of a message. `found` is what the user wrote and is quoted; leave it out where nothing was found. */
export interface FindingParts {
  readonly wrong: string
  readonly found?: string
  readonly expected: string
  readonly next: string
}

export function finding(code: FindingCode, place: Place, parts: FindingParts, tag?: string): Finding {
  return {
    code,
    severity: findingCatalogue[code].severity,
    message: `${cut(parts.wrong)}: found ${parts.found === undefined ? 'nothing' : quote(parts.found)}, expected ${parts.expected}. ${cut(parts.next)}`,
    start: place.start,
    end: place.end,
    ...(tag === undefined ? {} : { tag }),
  }
}

/** Collects findings while a text is read, errors and warnings apart, each in the order of the text. */
export class Findings {
  readonly #all: Finding[] = []

  add(code: FindingCode, place: Place, parts: FindingParts, tag?: string): void {
    this.#all.push(finding(code, place, parts, tag))
  }

  take(...findings: readonly Finding[]): void {
    this.#all.push(...findings)
  }

  get errors(): Finding[] {
    return this.#sorted('error')
  }

  get warnings(): Finding[] {
    return this.#sorted('warning')
  }

  #sorted(severity: Finding['severity']): Finding[] {
    return this.#all.filter((one) => one.severity === severity).sort((a, b) => a.start - b.start)
  }
}

const longestQuote = 80
const longestPart = 300

/** The user's text made safe to print: control characters and those that turn the reading direction escaped, long values cut. */
function quote(text: string): string {
  const safe = cut(text, longestQuote).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
  })
  return `\`${safe}\``
}

function cut(text: string, longest = longestPart): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text
}
