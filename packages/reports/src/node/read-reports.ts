import { createHash } from 'node:crypto'
import { AggregateReader } from '../aggregate/read.ts'
import type { AggregateRecord, AggregateReport } from '../aggregate/types.ts'
import { readFailure } from '../failure/read.ts'
import type { FailureReport } from '../failure/types.ts'
import type { ReportLimits } from '../limits.ts'
import { type ReadOutcome, ReportFault, type ReportProblemCode, Warnings } from '../outcome.ts'
import { decodeText, TextDecoding } from '../text/decode.ts'
import { readTlsReport } from '../tls/read.ts'
import type { TlsReport } from '../tls/types.ts'
import { Budget } from './budget.ts'
import { gunzip } from './gzip.ts'
import { mailParts } from './mail.ts'
import { splitMbox } from './mbox.ts'
import { type ContentKind, sniff, sniffLength } from './sniff.ts'
import { unzip } from './zip.ts'

export type AnyReport = AggregateReport | TlsReport | FailureReport

/** One report of an input, or what took its place. */
export interface FoundReport {
  readonly outcome: ReadOutcome<AnyReport>
  /** Where it was found, from the outside in: names of attachments and archive members. */
  readonly path: readonly string[]
  /** SHA-256 of the report's own bytes, unpacked, in hex: equal for the same report in another container. */
  readonly sha256: string
}

export interface ReadReportsOptions {
  /** Milliseconds since 1970: the present for reports about the future, and the measure of the time limit. */
  readonly clock: () => number
  /**
   * Records of aggregate reports as they are read, in batches; `report` counts the reports of this input from 0. Awaited,
   * so that a store can keep up. Discard what was passed on if the outcome is a problem.
   */
  readonly onRecords?: (records: readonly AggregateRecord[], report: number) => void | Promise<void>
  readonly hideLocalPart?: (localPart: string) => string
  readonly limits?: Partial<ReportLimits>
  readonly signal?: AbortSignal
}

/**
 * Reads every report of an input: XML, JSON, gzip, zip, a mail with attachments or a nested mail, an mbox. What it is is
 * decided by its bytes. Returns at least one entry: input without a report is one problem. Rejects only after an abort, and
 * with what `onRecords` throws.
 */
export async function readReports(input: Uint8Array, options: ReadReportsOptions): Promise<FoundReport[]> {
  return new InputReader(options).read(input)
}

class InputReader {
  readonly #options: ReadReportsOptions
  readonly #budget: Budget
  readonly #found: FoundReport[] = []
  /** What a part that is no report was, such as a logo or a signature: reported only if nothing else was found. */
  #nothing: FoundReport | undefined

  constructor(options: ReadReportsOptions) {
    this.#options = options
    this.#budget = new Budget(options.limits, options.clock, options.signal)
  }

  async read(input: Uint8Array): Promise<FoundReport[]> {
    await this.#open(input, [], 0, 0)
    return this.#found.length === 0 && this.#nothing ? [this.#nothing] : this.#found
  }

  /** Bytes that are in memory. `archives` and `mails` count how deep the containers around are. */
  async #open(bytes: Uint8Array, path: readonly string[], archives: number, mails: number): Promise<void> {
    const warnings = new Warnings()
    try {
      await this.#openAs(sniff(bytes), bytes, path, archives, mails, warnings)
    } catch (error) {
      this.#fail(error, path, bytes, warnings)
    }
  }

  async #openAs(
    kind: ContentKind,
    bytes: Uint8Array,
    path: readonly string[],
    archives: number,
    mails: number,
    warnings: Warnings,
  ): Promise<void> {
    switch (kind) {
      case 'zip': {
        this.#enterArchive(bytes, archives)
        for await (const member of unzip(bytes, this.#budget)) {
          await this.#stream(member.content, [...path, member.name], archives + 1, mails, new Warnings())
        }
        return
      }
      case 'gzip':
        this.#enterArchive(bytes, archives)
        return this.#stream(gunzip(bytes, this.#budget, warnings), path, archives + 1, mails, warnings)
      case 'mbox':
        return this.#openMbox(bytes, path, archives, mails)
      case 'mail':
        return this.#openMail(bytes, path, archives, mails)
      case 'smime':
        throw new ReportFault('mail-encrypted')
      case 'empty':
        throw new ReportFault('empty')
      case 'unknown':
        throw new ReportFault('not-a-report')
      default:
        this.#budget.packed(bytes.length)
        return this.#stream([bytes], path, archives, mails, warnings)
    }
  }

  #enterArchive(bytes: Uint8Array, archives: number): void {
    if (archives >= this.#budget.limits.archiveDepth) throw new ReportFault('nested-too-deep')
    this.#budget.packed(bytes.length)
  }

  /** Bytes that arrive in chunks: XML is read as it comes, everything else is gathered first. */
  async #stream(
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    path: readonly string[],
    archives: number,
    mails: number,
    warnings: Warnings,
  ): Promise<void> {
    const source = new Chunks(chunks)
    const { limits } = this.#budget
    try {
      const head = await source.peek(sniffLength)
      const kind = sniff(head)
      if (kind === 'xml') await this.#readXml(source, path, warnings)
      else if (kind === 'json') this.#readJson(await source.gather(limits.jsonBytes, 'json-too-large'), path, warnings)
      else if (kind === 'empty') throw new ReportFault('empty')
      else if (kind === 'unknown') throw new ReportFault('not-a-report')
      else await this.#open(await source.gather(limits.packedBytes, 'packed-too-large'), path, archives, mails)
    } catch (error) {
      this.#fail(error, path, new Uint8Array(0), warnings)
    } finally {
      await source.close()
    }
  }

  async #readXml(source: Chunks, path: readonly string[], warnings: Warnings): Promise<void> {
    const report = this.#found.length
    const hash = createHash('sha256')
    const decoding = new TextDecoding(warnings)
    let batch: AggregateRecord[] = []
    const { limits } = this.#budget
    const { clock, onRecords } = this.#options
    const reader = new AggregateReader({ onRecord: (record) => batch.push(record), now: clock(), limits, warnings })
    const handOn = async (): Promise<void> => {
      const full = batch
      batch = []
      if (full.length > 0) await onRecords?.(full, report)
    }
    let readable = true
    // A report that cannot be read is not unpacked any further.
    reading: for await (const chunk of source.all()) {
      for (let from = 0; from < chunk.length; from += 64 * 1024) {
        const piece = chunk.subarray(from, from + 64 * 1024)
        hash.update(piece)
        readable = reader.write(decoding.write(piece))
        this.#budget.check()
        await handOn()
        if (!readable) break reading
      }
    }
    reader.write(decoding.end())
    const outcome = reader.end()
    await handOn()
    this.#add({ outcome, path, sha256: hash.digest('hex') })
  }

  #readJson(bytes: Uint8Array, path: readonly string[], warnings: Warnings): void {
    const { limits } = this.#budget
    const outcome = readTlsReport(decodeText(bytes, warnings), { now: this.#options.clock(), limits, warnings })
    this.#add({ outcome, path, sha256: sha256(bytes) })
  }

  async #openMbox(bytes: Uint8Array, path: readonly string[], archives: number, mails: number): Promise<void> {
    for await (const message of splitMbox([bytes], this.#budget.limits.mailBytes)) {
      // Once the time is up, one problem says so for all messages that are left.
      this.#budget.check()
      if ('tooLarge' in message) throw new ReportFault('packed-too-large', `${message.tooLarge} bytes`)
      await this.#open(message.bytes, path, archives, mails)
    }
  }

  async #openMail(bytes: Uint8Array, path: readonly string[], archives: number, mails: number): Promise<void> {
    if (mails >= this.#budget.limits.mailDepth) throw new ReportFault('nested-too-deep')
    const parts = await mailParts(bytes, this.#budget)
    const before = this.#found.length
    if (parts.failure) this.#readFailure(parts.failure, path)
    for (const { name, bytes: content } of parts.attachments) {
      await this.#open(content, [...path, name], archives, mails + 1)
    }
    const text = parts.text.trim()
    if (/^[<{]/.test(text)) await this.#open(new TextEncoder().encode(text), path, archives, mails + 1)
    // Gateways flatten the report part into the body.
    else if (/^feedback-type\s*:/im.test(text)) {
      this.#readFailure({ feedback: text.slice(text.search(/^feedback-type\s*:/im)) }, path)
    }
    if (this.#found.length === before && !this.#nothing) throw new ReportFault('not-a-report')
  }

  #readFailure(parts: { feedback: string; original?: string }, path: readonly string[]): void {
    const { hideLocalPart } = this.#options
    const outcome = readFailure(parts, { warnings: new Warnings(), ...(hideLocalPart ? { hideLocalPart } : {}) })
    const bytes = new TextEncoder().encode(`${parts.feedback}\n${parts.original ?? ''}`)
    this.#add({ outcome, path, sha256: sha256(bytes) })
  }

  #add(report: FoundReport): void {
    if (isNothing(report)) this.#nothing ??= report
    else this.#found.push(report)
  }

  #fail(error: unknown, path: readonly string[], bytes: Uint8Array, warnings: Warnings): void {
    if (!(error instanceof ReportFault)) throw error
    this.#add({
      outcome: { ok: false, problem: error.problem, warnings: warnings.all },
      path,
      sha256: sha256(bytes),
    })
  }
}

function isNothing({ outcome }: FoundReport): boolean {
  return !outcome.ok && (outcome.problem.code === 'not-a-report' || outcome.problem.code === 'empty')
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Chunks of which the first can be looked at before they are taken. */
class Chunks {
  readonly #iterator: AsyncIterator<Uint8Array> | Iterator<Uint8Array>
  readonly #seen: Uint8Array[] = []

  constructor(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  }

  async peek(length: number): Promise<Uint8Array> {
    let size = 0
    while (size < length) {
      const { value, done } = await this.#iterator.next()
      if (done) break
      this.#seen.push(value)
      size += value.length
    }
    return Buffer.concat(this.#seen)
  }

  async *all(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* this.#seen
    for (;;) {
      const { value, done } = await this.#iterator.next()
      if (done) return
      yield value
    }
  }

  async gather(longest: number, tooLarge: ReportProblemCode): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of this.all()) {
      size += chunk.length
      if (size > longest) throw new ReportFault(tooLarge, `more than ${longest} bytes`)
      chunks.push(chunk)
    }
    return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)
  }

  /** Stops a source that was not read to its end. */
  async close(): Promise<void> {
    await this.#iterator.return?.()
  }
}
