import { asObject, flag, integer, type Json, text } from '../read/json.ts'
import { amount, count, inside, objects, texts, words, wordsOrNull } from './read-values.ts'
import type {
  DayTotals,
  DmarcEvidence,
  Evidence,
  EvidenceTarget,
  PassedAndFailed,
  ReportProblem,
  ReportSource,
  ReportSources,
  ReportTotals,
  SourceClass,
} from './types.ts'

/** Readers of the routes of our server. Each answers undefined for what is no such answer; fields that are missing count as empty. */

export function readTotals(value: unknown): ReportTotals | undefined {
  const raw = inside(value, 'totals', ({ days }) => Array.isArray(days))
  if (!raw) return undefined
  const days = objects(raw.days)
    .map(readDay)
    .sort((a, b) => (a.day < b.day ? -1 : 1))
  // A day without a name could be any.
  if (days.some(({ day }) => !/^\d{4}-\d\d-\d\d$/.test(day))) return undefined
  return {
    ...raw,
    domain: words(raw.domain),
    from: text(raw.from) ?? days[0]?.day ?? '',
    to: text(raw.to) ?? days.at(-1)?.day ?? '',
    days,
  }
}

function readDay({ classes: byClass, tls: sessions, ...raw }: Json): DayTotals {
  const [dispositions, classes, tls] = [raw.dispositions, byClass, sessions].map(asObject)
  const [messages, passed] = [count(raw.messages), count(raw.passed)]
  return {
    ...raw,
    day: words(raw.day),
    reports: count(raw.reports),
    reporters: count(raw.reporters),
    messages,
    passed,
    failed: integer(raw.failed) ?? Math.max(0, messages - passed),
    overridden: count(raw.overridden),
    dispositions: {
      none: count(dispositions?.none),
      quarantine: count(dispositions?.quarantine),
      reject: count(dispositions?.reject),
    },
    ...(classes && {
      classes: {
        own: passedAndFailed(classes.own),
        forwarder: passedAndFailed(classes.forwarder),
        candidate: passedAndFailed(classes.candidate),
        foreign: passedAndFailed(classes.foreign),
      } satisfies Record<SourceClass, PassedAndFailed>,
    }),
    ...(tls && {
      tls: {
        reports: count(tls.reports),
        successful_sessions: count(tls.successful_sessions),
        failed_sessions: count(tls.failed_sessions),
      },
    }),
  }
}

const passedAndFailed = (value: unknown): PassedAndFailed => {
  const raw = asObject(value) ?? {}
  return { messages: count(raw.messages), passed: count(raw.passed) }
}

export function readSources(value: unknown): ReportSources | undefined {
  const raw = inside(value, 'report_sources', ({ sources, foreign }) => Array.isArray(sources) && foreign !== undefined)
  if (!raw) return undefined
  return {
    ...raw,
    domain: words(raw.domain),
    from: words(raw.from),
    to: words(raw.to),
    sources: objects(raw.sources).map(readSource),
    foreign: readForeign(raw.foreign),
    more_candidates: count(raw.more_candidates),
    presume_rest_not_mine: flag(raw.presume_rest_not_mine) ?? false,
  }
}

const readForeign = (value: unknown) => {
  const raw = asObject(value) ?? {}
  return { sources: count(raw.sources), messages: count(raw.messages) }
}

function readSource(raw: Json): ReportSource {
  const id = words(raw.id)
  return {
    ...raw,
    id,
    name: text(raw.name) ?? id.replace(/^(?:source|domain):/, ''),
    class: words(raw.class),
    kind: wordsOrNull(raw.kind),
    messages: count(raw.messages),
    passed: count(raw.passed),
    passed_by_dkim: count(raw.passed_by_dkim),
    passed_by_spf: count(raw.passed_by_spf),
    overridden: count(raw.overridden),
    days: count(raw.days),
    first_day: words(raw.first_day),
    last_day: words(raw.last_day),
    sources: texts(raw.sources),
    causes: objects(raw.causes).map((cause) => ({
      ...cause,
      cause: words(cause.cause),
      messages: count(cause.messages),
      about: texts(cause.about),
      next: words(cause.next),
    })),
  }
}

/** What an answer says of a source, or of the rest of them. */
export const readAnswered = (value: unknown): Json | undefined =>
  inside(value, 'source', (object) => 'kind' in object || 'presume_rest_not_mine' in object)

export function readEvidence(value: unknown, target: EvidenceTarget): Evidence | undefined {
  const raw = inside(value, 'evidence', (object) => flag(object.ready) !== undefined)
  const ready = flag(raw?.ready)
  // An answer to another question is no evidence.
  if (!raw || ready === undefined || (raw.target !== undefined && raw.target !== target)) return undefined
  const blockers = objects(raw.blockers).map((blocker) => ({
    ...blocker,
    code: words(blocker.code),
    found: words(blocker.found),
    expected: words(blocker.expected),
    fix: words(blocker.fix),
    about: texts(blocker.about),
  }))
  const reports = asObject(raw.reports) ?? {}
  const dmarc = asObject(raw.dmarc)
  const mtaSts = asObject(raw.mta_sts)
  return {
    ...raw,
    domain: words(raw.domain),
    target,
    computed_at: words(raw.computed_at),
    origin: 'server',
    parked: flag(raw.parked) ?? false,
    // What names a blocker is not ready, whatever it says.
    ready: ready && blockers.length === 0,
    blockers,
    next_record: ready && blockers.length === 0 ? wordsOrNull(raw.next_record) : null,
    current_policy: wordsOrNull(raw.current_policy),
    reports: { trusted: count(reports.trusted), untrusted: count(reports.untrusted) },
    dmarc: dmarc ? readDmarc(dmarc) : null,
    mta_sts: mtaSts
      ? {
          days: count(mtaSts.days),
          reporters: count(mtaSts.reporters),
          failed_sessions: count(mtaSts.failed_sessions),
        }
      : null,
  }
}

function readDmarc(raw: Json): DmarcEvidence {
  const numbers = asObject(raw.numbers) ?? {}
  const own = asObject(numbers.own) ?? {}
  return {
    numbers: {
      window_days: count(numbers.window_days),
      days_covered: count(numbers.days_covered),
      reporters: count(numbers.reporters),
      newest_days: integer(numbers.newest_days) ?? null,
      days_at_none: count(numbers.days_at_none),
      days_at_quarantine: count(numbers.days_at_quarantine),
      own: {
        messages: count(own.messages),
        passed: count(own.passed),
        rate: amount(own.rate),
        dkim_share: amount(own.dkim_share),
      },
      expected_loss: count(numbers.expected_loss),
    },
    sources: objects(raw.sources).map(readSource),
    foreign: readForeign(raw.foreign),
    candidates: objects(raw.candidates).map(readSource),
    more_candidates: count(raw.more_candidates),
    presume_rest_not_mine: flag(raw.presume_rest_not_mine) ?? false,
    subdomains: objects(raw.subdomains).map((each) => ({
      header_from: words(each.header_from),
      messages: count(each.messages),
      passed: count(each.passed),
    })),
  }
}

export function readProblem(value: unknown): ReportProblem | undefined {
  const raw = inside(value, 'problem', (object) => 'id' in object && 'code' in object)
  const id = integer(raw?.id)
  if (!raw || id === undefined) return undefined
  return {
    ...raw,
    id,
    received_at: words(raw.received_at),
    code: words(raw.code),
    message: words(raw.message),
    fix: words(raw.fix),
    line: integer(raw.line) ?? null,
    path: texts(raw.path),
    way: words(raw.way),
    from: wordsOrNull(raw.from),
    subject: wordsOrNull(raw.subject),
    size: count(raw.size),
    raw_available: flag(raw.raw_available) ?? false,
    acceptable: flag(raw.acceptable) ?? false,
    accepted_at: wordsOrNull(raw.accepted_at),
  }
}
