import { describeDmarc, parseDmarc } from '@dmarc-as-code/records'
import { reasonsOf, reasonText, statusText } from '@dmarc-as-code/records/reasons'
import { afterEach, describe, expect, it } from 'vitest'
import { germanReasons } from './german-reasons.ts'
import { setLanguage, translateIfKnown } from './messages.ts'

afterEach(() => setLanguage('en'))

const context = {
  name: '_dmarc.x-name.example',
  target: 'x-target.example',
  zone: 'x-zone.example',
  nameServers: 'ns.x-servers.example',
  holders: 'ns.x-holders.example',
  service: 'X-Service',
}
const contexts = [context, { ...context, found: 'X-FOUND "v=DMARC1; p=none"', host: 'x-host' }]
const values = Object.values(contexts[1] ?? {})

const subjects = ['cname', 'txt', 'policy_file', 'plan'] as const
/** The app shows these in the command line's words only, or not at all. */
const notShown = ['nothing-to-copy', 'target-not-ready']

function textsOf(): string[] {
  const reasons = subjects.flatMap((subject) =>
    reasonsOf(subject)
      .filter((reason) => !notShown.includes(reason))
      .flatMap((reason) => contexts.map((each) => reasonText(subject, reason as never, each))),
  )
  const statuses = [
    ...['verified', 'awaiting_setup', 'misconfigured'].map((status) => ['cname', status] as const),
    ...['published', 'queued'].map((status) => ['txt', status] as const),
    ...['active', 'pending', 'unreachable'].map((status) => ['policy_file', status] as const),
  ].flatMap(([part, status]) => contexts.map((each) => statusText(part, status, each)))
  return [...reasons, ...statuses].flatMap((text) => {
    if (!text) throw new Error('the catalogue has no text for a code of its own')
    // What to do about a conflict in the words of the command line; the app has buttons for it.
    const fix = text.fix.includes('conflict mode') ? '' : text.fix
    // What was found may be the whole explanation, in the words of the service.
    const explanation =
      text.explanation.startsWith('X-FOUND') && !text.explanation.includes(' redirects ') ? '' : text.explanation
    return [text.title, explanation, fix].filter(Boolean)
  })
}

describe('the reasons of the shared catalogue', () => {
  it.each([...new Set(textsOf())])('"%s" is in German', (text) => {
    setLanguage('de')
    const translated = translateIfKnown(text)
    expect(translated).not.toBe(text)
    for (const value of values) if (text.includes(value)) expect(translated).toContain(value)
  })

  it('have no German text that is left over', () => {
    setLanguage('de')
    const used = new Set(textsOf().map((text) => translateIfKnown(text)))
    const isUsed = (german: string) => {
      const form = new RegExp(`^${german.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.*')}$`, 's')
      return [...used].some((text) => form.test(text))
    }
    const begins = Object.keys(germanReasons).indexOf(
      'There is no policy: receivers decide for themselves what to do with forged mail.',
    )
    const others = ['The CNAME is verified. {rest}', 'Hosting is off', 'Remove the CNAME, or turn']
    const left = Object.entries(germanReasons)
      .slice(0, begins)
      .filter(([english, german]) => !isUsed(german) && !others.some((other) => english.startsWith(other)))
    expect(left.map(([english]) => english)).toEqual([])
  })

  it.each([
    'v=DMARC1; p=none',
    'v=DMARC1; p=quarantine; sp=none; np=reject; adkim=s; aspf=s',
    'v=DMARC1; p=reject; sp=quarantine; pct=40; adkim=s',
    'v=DMARC1; p=reject; t=y; aspf=s',
    'v=DMARC1; p=quarantine; t=y; np=quarantine',
    'v=DMARC1; p=reject; rua=mailto:a@x.example; ruf=mailto:b@x.example',
  ])('describe the record %s in German', (record) => {
    setLanguage('de')
    const { summary, details } = describeDmarc(parseDmarc(record).tags)
    for (const sentence of [summary, ...details]) expect(translateIfKnown(sentence), sentence).not.toBe(sentence)
  })

  it.each(reasonsOf('effect'))('say in German what an undo does to mail: %s', (reason) => {
    setLanguage('de')
    const { explanation } = reasonText('effect', reason, { before: 'X-BEFORE', after: 'X-AFTER' })
    const detail = `x-name.example: ${explanation}`
    const translated = translateIfKnown(detail)
    expect(translated).not.toBe(detail)
    for (const value of ['x-name.example', 'X-BEFORE', 'X-AFTER'])
      if (detail.includes(value)) expect(translated).toContain(value)
  })

  it('say a text within a text in German, too', () => {
    setLanguage('de')
    expect(translateIfKnown('The CNAME is verified. The service is preparing the policy file.')).toBe(
      'Der CNAME ist geprüft. Der Dienst bereitet die Richtliniendatei vor.',
    )
  })

  it('are left as they are where the service has words of its own', () => {
    setLanguage('de')
    expect(translateIfKnown('Something else is the case at x.example.')).toBe(
      'Something else is the case at x.example.',
    )
  })
})
