import type { WireReportSource } from '@dmarc-as-code/client/contract'
import type { SourceEvidence } from '@dmarc-as-code/reports'

/** Sources behind a candidate that are named. */
const mostSources = 20

/** A source in the form of the API, without the causes. */
export const sourceAnswer = (source: SourceEvidence): Omit<WireReportSource, 'causes'> => ({
  id: source.id,
  name: source.id.replace(/^(source|domain):/, ''),
  class: source.class,
  kind: source.answer ?? null,
  messages: source.messages,
  passed: source.passed,
  passed_by_dkim: source.passedByDkim,
  passed_by_spf: source.passedBySpf,
  overridden: source.overridden,
  days: source.days,
  first_day: source.firstDay,
  last_day: source.lastDay,
  sources: source.sources.slice(0, mostSources),
})
