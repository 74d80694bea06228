import type { Finding } from '@dmarc-as-code/records'
import { germanFindings } from './german-findings.ts'
import { locale, translateIfKnown } from './messages.ts'

/** The form of every message of a finding: `wrong: found X, expected Y. What to do.` */
const form = /: found (nothing|`.*?`), expected (.*?)\. /s

/** A finding in the language of the app: by its code, with what was found. */
export function findingText({ code, message, tag }: Pick<Finding, 'code' | 'message' | 'tag'>): string {
  if (locale() !== 'de') return translateIfKnown(message)
  const [, found = 'nothing', expected = ''] = form.exec(message) ?? []
  const value = /\S+/.exec(expected)?.[0] ?? ''
  const text = germanFindings[code].replaceAll('{tag}', tag ?? '').replaceAll('{expected}', value)
  return found === 'nothing' ? text : `${text} Gefunden: ${found}.`
}
