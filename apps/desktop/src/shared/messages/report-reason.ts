import { type Reason, reasonText } from '@dmarc-as-code/records/reasons'
import { type GermanReason, germanReportReasons } from './german-report-reasons.ts'
import { locale, translateIfKnown } from './messages.ts'

export type ReportSubject = keyof typeof germanReportReasons

/** What is known of the place where the reason was found. */
export interface ReportContext {
  readonly found?: string | undefined
  readonly domain?: string | undefined
}

export interface ReportReasonText {
  readonly title: string
  readonly explanation: string
  /** Empty where there is nothing to do. */
  readonly fix: string
}

/** A reason about reports in the language of the app; undefined for a code that this version does not know. */
export function reportReason<Subject extends ReportSubject>(
  subject: Subject,
  code: Reason<Subject> | (string & {}),
  context: ReportContext = {},
): ReportReasonText | undefined {
  const english = reasonText(subject as ReportSubject, code as string, context)
  if (!english) return undefined
  if (locale() !== 'de') {
    const { title, explanation, fix } = english
    return {
      title: translateIfKnown(title),
      explanation: translateIfKnown(explanation),
      fix: fix && translateIfKnown(fix),
    }
  }
  const [title, explanation, fix = '']: GermanReason = (
    germanReportReasons[subject] as Readonly<Record<string, GermanReason>>
  )[code] as GermanReason
  return { title, explanation: filled(explanation, context), fix: filled(fix, context) }
}

function filled(text: string, { found, domain = 'Ihrer Domain' }: ReportContext): string {
  const hasPlace = text.includes('{found|')
  const whole = text
    .replaceAll('{domain}', domain)
    .replace(/\{found\|([^}]*)\}/g, (_place, otherwise: string) => found || otherwise)
  if (/\.$/.test(text)) return whole
  return text === '' ? '' : found && !hasPlace ? `${whole}: ${found}` : `${whole}.`
}
