import { type SaxesOptions, SaxesParser, type SaxesTagPlain } from 'saxes'
import { defaultLimits, type ReportLimits } from '../limits.ts'
import { type ReadOutcome, ReportFault, Warnings } from '../outcome.ts'
import { XmlRepair } from '../text/repair-xml.ts'
import { type Draft, emptyResult, feedbackElement, type KnownElement, recordElement, reportParts } from './elements.ts'
import { ExtensionCapture } from './extension-capture.ts'
import { HeaderBuilder } from './header-builder.ts'
import { RecordBuilder } from './record-builder.ts'
import type { AggregateRecord, AggregateReport } from './types.ts'

export interface ReadAggregateOptions {
  /** Called for each record in the order of the report. Records are not kept, so that large reports stream. */
  readonly onRecord?: (record: AggregateRecord) => void
  /** The present, in milliseconds since 1970: reports about the future are set aside. */
  readonly now: number
  readonly limits?: Partial<ReportLimits>
  /** Collects warnings of earlier steps, such as decoding, with those of this one. */
  readonly warnings?: Warnings
}

/** Longest piece handed to the parser at once, in UTF-16 units: bounds what it gathers before limits are looked at. */
const sliceLength = 64 * 1024

/** Before and around the report: other elements are passed through. */
const prolog: KnownElement = { children: new Map([['feedback', feedbackElement]]) }
/** An element that no schema names, inside the report: its known parts are read, the rest is kept as an extension. */
const stray: KnownElement = { children: reportParts }
/** Below a leaf or a known parent that has no such child: skipped. */
const skipped: KnownElement = {}

/**
 * Reads the XML of an aggregate report (RFC 9990, RFC 7489 appendix C and the drafts before) as it arrives. Element names
 * are compared by local name in any namespace and in any order. Records go to `onRecord`; `end` returns the rest. Nothing
 * the input does throws: what cannot be read is a problem with a code, what can be repaired a warning.
 */
export class AggregateReader {
  readonly #limits: ReportLimits
  readonly #now: number
  readonly #onRecord: ((record: AggregateRecord) => void) | undefined
  readonly #warnings: Warnings
  readonly #repair: XmlRepair
  readonly #parser: SaxesParser<SaxesOptions>
  readonly #draft: Draft
  readonly #capture = new ExtensionCapture()
  readonly #stack: KnownElement[] = []
  #node: KnownElement = prolog
  #lastClosed: KnownElement = prolog
  #prefix = ''
  #text = ''
  #lang: string | undefined
  #state: 'before' | 'inside' | 'after' = 'before'
  #lastEvent = 0
  #records = 0
  #messages = 0
  #recordsSetAside = 0
  #fault: ReportFault | undefined

  constructor(options: ReadAggregateOptions) {
    this.#limits = { ...defaultLimits, ...options.limits }
    this.#now = options.now
    this.#onRecord = options.onRecord
    this.#warnings = options.warnings ?? new Warnings()
    this.#repair = new XmlRepair(this.#warnings)
    this.#draft = {
      header: new HeaderBuilder(this.#warnings),
      record: new RecordBuilder(this.#warnings),
      reason: { type: '', comment: undefined },
      dkim: emptyResult(),
      spf: emptyResult(),
    }
    this.#parser = new SaxesParser({ xmlns: false, position: true })
    this.#parser.on('opentag', (tag) => this.#open(tag as SaxesTagPlain))
    this.#parser.on('closetag', () => this.#close())
    this.#parser.on('text', (text) => this.#take(text))
    this.#parser.on('cdata', (text) => this.#take(text))
    this.#parser.on('comment', () => this.#mark())
    this.#parser.on('processinginstruction', () => this.#mark())
    this.#parser.on('doctype', () => {
      throw new ReportFault('xml-doctype', undefined, this.#parser.line)
    })
    this.#parser.on('error', (error) => this.#judge(error.message))
  }

  /** Takes the next piece of the text. False once the report cannot be read any more; further pieces are ignored. */
  write(chunk: string): boolean {
    if (this.#fault) return false
    for (let from = 0; from < chunk.length && !this.#fault; from += sliceLength) {
      this.#guard(() => this.#parse(this.#repair.write(chunk.slice(from, from + sliceLength))))
    }
    return this.#fault === undefined
  }

  end(): ReadOutcome<AggregateReport> {
    let report: AggregateReport | undefined
    if (!this.#fault) {
      this.#guard(() => {
        this.#parse(this.#repair.end())
        this.#parser.close()
        if (this.#state === 'before') throw new ReportFault('not-a-report')
        if (this.#records === 0) this.#warnings.add('records-none')
        report = this.#draft.header.build(
          { records: this.#records, messages: this.#messages, recordsSetAside: this.#recordsSetAside },
          this.#now,
        )
      })
    }
    const warnings = this.#warnings.all
    if (this.#fault) return { ok: false, problem: this.#fault.problem, warnings }
    return { ok: true, report: report as AggregateReport, warnings }
  }

  #guard(step: () => void): void {
    try {
      step()
    } catch (error) {
      if (!(error instanceof ReportFault)) throw error
      this.#fault = error
    }
  }

  #parse(text: string): void {
    if (text === '') return
    this.#parser.write(text)
    if (this.#parser.position - this.#lastEvent > this.#limits.textLength + sliceLength) this.#tooLong()
  }

  #open(tag: SaxesTagPlain): void {
    this.#mark()
    if (this.#stack.length >= this.#limits.xmlDepth) {
      throw new ReportFault('xml-too-deep', `more than ${this.#limits.xmlDepth} levels`, this.#parser.line)
    }
    this.#stack.push(this.#node)
    if (this.#capture.active) this.#capture.text(this.#text)
    this.#text = ''
    if (this.#state === 'after') {
      this.#node = skipped
      this.#warnings.add('stray-elements', tag.name, this.#parser.line)
      return
    }
    const colon = tag.name.indexOf(':')
    const local = colon < 0 ? tag.name : tag.name.slice(colon + 1)
    const known = this.#knownChild(local, colon < 0 ? '' : tag.name.slice(0, colon))
    if (known) {
      this.#enter(known, tag)
      return
    }
    this.#enterUnknown(tag)
  }

  #knownChild(local: string, prefix: string): KnownElement | undefined {
    // Inside a stray element only parts of the report's own namespace count, not an extension's like-named ones.
    if (this.#node === stray && prefix !== this.#prefix) return undefined
    return this.#node.children?.get(local)
  }

  #enter(known: KnownElement, tag: SaxesTagPlain): void {
    // What surrounds a part of the report is no extension.
    if (this.#node === stray && this.#capture.active) {
      this.#capture.abandon()
      this.#warnings.add('stray-elements', undefined, this.#parser.line)
    }
    if (known === feedbackElement) this.#beginReport(tag)
    if (known === recordElement) this.#beginRecord()
    this.#node = known
    if (known.set) this.#lang = tag.attributes.lang ?? tag.attributes['xml:lang']
    known.open?.(this.#draft)
  }

  #enterUnknown(tag: SaxesTagPlain): void {
    const extensible = this.#node === feedbackElement || this.#node === recordElement
    if (extensible || this.#capture.active) {
      this.#capture.begin(tag.name, tag.attributes)
      this.#node = this.#node === feedbackElement || this.#node === stray ? stray : skipped
      return
    }
    if (this.#node !== prolog) this.#node = skipped
    this.#warnings.add('stray-elements', tag.name, this.#parser.line)
  }

  #beginReport(tag: SaxesTagPlain): void {
    this.#state = 'inside'
    const colon = tag.name.indexOf(':')
    this.#prefix = colon < 0 ? '' : tag.name.slice(0, colon)
    this.#draft.header.namespace = tag.attributes[this.#prefix === '' ? 'xmlns' : `xmlns:${this.#prefix}`] ?? ''
  }

  #beginRecord(): void {
    if (this.#records + this.#recordsSetAside >= this.#limits.records) {
      throw new ReportFault('too-many-records', `more than ${this.#limits.records}`, this.#parser.line)
    }
    this.#draft.record = new RecordBuilder(this.#warnings)
  }

  #close(): void {
    this.#mark()
    const node = this.#node
    this.#lastClosed = node
    const text = this.#text
    this.#text = ''
    this.#node = this.#stack.pop() ?? prolog
    if (node.set) {
      node.set(this.#draft, text.trim(), this.#lang)
      return
    }
    if (node === recordElement) {
      this.#finishRecord()
      return
    }
    if (node === feedbackElement) {
      this.#state = 'after'
      return
    }
    if (node === stray || node === skipped) {
      if (this.#capture.active) this.#finishExtension(text)
      return
    }
    node.close?.(this.#draft, this.#parser.line)
  }

  #finishRecord(): void {
    const record = this.#draft.record.build(this.#draft.header.domain, this.#parser.line)
    if (!record) {
      this.#recordsSetAside += 1
      return
    }
    this.#records += 1
    this.#messages += record.count
    this.#onRecord?.(record)
  }

  #finishExtension(text: string): void {
    this.#capture.text(text)
    const element = this.#capture.end()
    if (!element) return
    if (this.#node === recordElement) this.#draft.record.addExtension(element)
    else this.#draft.header.addExtension(element)
  }

  #take(text: string): void {
    this.#mark()
    if (text.length + this.#text.length > this.#limits.textLength) this.#tooLong()
    if (this.#node.set || this.#capture.active) this.#text += text
  }

  /** Notes that the parser finished a piece, so that one without an end is noticed. */
  #mark(): void {
    this.#lastEvent = this.#parser.position
  }

  #tooLong(): never {
    throw new ReportFault('text-too-long', `more than ${this.#limits.textLength} characters`, this.#parser.line)
  }

  /** A fault the parser met: skipped where nothing of the report depends on it, else the end of reading. */
  #judge(message: string): void {
    const what = message.replace(/^(?:.*?:)?\d+:\d+: /, '')
    const line = this.#parser.line
    if (this.#state === 'after') {
      this.#warnings.add('stray-elements', what, line)
      return
    }
    if (/^(?:unclosed tag|unexpected end|document must contain)/.test(what)) {
      if (this.#state === 'inside') throw new ReportFault('xml-truncated', what, line)
      throw new ReportFault(this.#parser.position === 0 ? 'empty' : 'not-a-report', undefined, line)
    }
    // An unclosed element was closed by the parser: harmless where it held nothing of the report.
    const node = what === 'unexpected close tag.' ? this.#lastClosed : this.#node
    const harmless = this.#state === 'before' || node.set !== undefined || node === skipped || node === stray
    if (harmless || /attribute|entity|unmatched closing tag|disallowed character\.|comment/.test(what)) {
      this.#warnings.add('xml-repaired', what, line)
      return
    }
    throw new ReportFault('xml-malformed', what, line)
  }
}

/** `AggregateReader` for a text that is in memory as a whole. */
export function readAggregate(xml: string, options: ReadAggregateOptions): ReadOutcome<AggregateReport> {
  const reader = new AggregateReader(options)
  reader.write(xml)
  return reader.end()
}
