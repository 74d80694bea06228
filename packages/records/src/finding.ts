import { type FindingCode, findingCatalogue } from './catalogue.ts'
import { printable, quoted } from './text/printable.ts'

/** One thing a reader of a record should know. Errors mean: do not publish this. Warnings mean: know this before you do. */
export interface Finding {
  /** Stable across versions; the README lists them all. */
  readonly code: FindingCode
  /** `error`: do not publish this. `warning`: know this before you do. */
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
    message: `${printable(cut(parts.wrong))}: found ${parts.found === undefined ? 'nothing' : quoted(parts.found)}, expected ${parts.expected}. ${printable(cut(parts.next))}`,
    start: place.start,
    end: place.end,
    ...(tag === undefined ? {} : { tag }),
  }
}

/** The finding for a value other than text, which untyped code can pass. */
export function notText(value: unknown, expected: string): Finding {
  const what = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value
  const parts = { wrong: 'This is not a text', found: what, expected, next: 'Give the text.' }
  return finding('not-text', { start: 0, end: 0 }, parts)
}

/** So many findings of one code are listed; nobody reads more, and a hostile text could ask for thousands. */
const mostOfOneCode = 20

/** Collects findings while a text is read, errors and warnings apart, each in the order of the text. */
export class Findings {
  readonly #all: Finding[] = []
  readonly #counts = new Map<FindingCode, number>()
  #more = 0

  add(code: FindingCode, place: Place, parts: FindingParts, tag?: string): void {
    if (this.#hasRoom(code)) this.#all.push(finding(code, place, parts, tag))
  }

  take(...findings: readonly Finding[]): void {
    this.#all.push(...findings.filter((one) => this.#hasRoom(one.code)))
  }

  #hasRoom(code: FindingCode): boolean {
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count <= mostOfOneCode) return true
    this.#more++
    return false
  }

  get errors(): Finding[] {
    return this.#sorted('error')
  }

  get warnings(): Finding[] {
    return [...this.#sorted('warning'), ...this.#unlisted()]
  }

  #unlisted(): Finding[] {
    const last = this.#all.at(-1)
    if (this.#more === 0 || !last) return []
    const parts = {
      wrong: this.#more === 1 ? 'One more finding is not listed' : `${this.#more} more findings are not listed`,
      expected: `at most ${mostOfOneCode} of one kind`,
      next: 'Correct the others first.',
    }
    return [finding('findings-many', { start: last.end, end: last.end }, parts)]
  }

  #sorted(severity: Finding['severity']): Finding[] {
    return this.#all.filter((one) => one.severity === severity).sort((a, b) => a.start - b.start)
  }
}

const longestPart = 300

function cut(text: string): string {
  return text.length > longestPart ? `${text.slice(0, longestPart)}...` : text
}
