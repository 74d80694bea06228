import { secretForms } from './secret-forms.ts'

export interface RedactorOptions {
  /** Replaces a secret. @default [redacted] */
  mask?: string | undefined
  /**
   * Secrets shorter than this are not looked for, since masking a stand-in such as `test` would eat words out of every
   * message. As `token=test` they are masked all the same. @default 6
   */
  shortest?: number | undefined
}

/**
 * Removes secrets from whatever may leave a program: messages, bodies, headers, causes, log fields. A secret is found as it
 * is, percent-encoded, escaped as in JSON or HTML, and inside base64 and base64url, alone or with text around it (as in an
 * `Authorization: Basic` header, which goes as a whole). The credentials of echoed headers (`token=`, `Bearer`,
 * `Authorization: Basic`) are masked whoever they belong to: a proxy may answer with the headers it was sent.
 */
export class Redactor {
  readonly #mask: string
  readonly #shortest: number
  readonly #removals = new Map<string, (text: string, mask: string) => string>()

  constructor(secrets: Iterable<string> = [], options: RedactorOptions = {}) {
    this.#mask = options.mask ?? '[redacted]'
    this.#shortest = options.shortest ?? 6
    for (const secret of secrets) this.add(secret)
  }

  /** From now on removes this secret, too. */
  add(secret: string): void {
    if (secret.length < this.#shortest || this.#removals.has(secret)) return
    // Longer ones first: a secret that contains another must go whole.
    const all = [...this.#removals, [secret, secretForms(secret)] as const]
    this.#removals.clear()
    for (const [each, remove] of all.sort(([a], [b]) => b.length - a.length)) this.#removals.set(each, remove)
  }

  text(value: string): string {
    let result = value
    for (const remove of this.#removals.values()) result = remove(result, this.#mask)
    return result.replace(credentials, (whole, intro: string, rest: string) =>
      rest.startsWith(this.#mask) ? whole : intro + this.#mask,
    )
  }

  /** A deep copy of plain data with every text redacted, keys included. */
  data(value: unknown): unknown {
    return this.#data(value, 0)
  }

  /** A copy of an error that keeps what explains it and drops everything else a library may hang on it. */
  cause(value: unknown): unknown {
    return this.#cause(value, 0)
  }

  #data(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value !== 'object' || value === null) return value
    if (depth > 20) return this.#mask
    if (Array.isArray(value)) return value.map((item) => this.#data(item, depth + 1))
    const entries = Object.entries(value).map(([key, item]) => [this.text(key), this.#data(item, depth + 1)])
    return Object.fromEntries(entries)
  }

  #cause(value: unknown, depth: number): unknown {
    if (!(value instanceof Error)) return this.data(value)
    const copy = new Error(this.text(value.message)) as Error & { code?: string; errors?: unknown[] }
    copy.name = this.text(value.name)
    if (value.stack !== undefined) copy.stack = this.text(value.stack)
    const { code, errors } = value as { code?: unknown; errors?: unknown }
    if (typeof code === 'string') copy.code = this.text(code)
    if (depth < 5) {
      if (value.cause !== undefined) copy.cause = this.#cause(value.cause, depth + 1)
      if (Array.isArray(errors)) copy.errors = errors.map((item) => this.#cause(item, depth + 1))
    }
    return copy
  }
}

/** What follows in a header that somebody's credentials stand in. In prose, "bearer" and "basic" are ordinary words. */
const credentials =
  /(\btoken=|\bbearer\s+(?=["']?[^\s"',;&]{6})|\bauthorization["']?\s*[:=]\s*["']?basic\s+)(["']?[^\s"',;&]+["']?)/gi
