import type { DmarcEffect, DmarcInForce, MtaStsEffect, TlsRptEffect } from '@dmarc-as-code/records'
import { t } from '../../shared/messages/messages.ts'
import { DnsText } from '../parts/dns-text.tsx'

type Policy = DmarcInForce['domain']

interface Row {
  readonly aspect: string
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly tone: 'same' | 'stronger' | 'weaker'
  readonly mono?: boolean
}

interface EffectTableProps {
  readonly dmarc: DmarcEffect | undefined
  readonly mtaSts: MtaStsEffect | undefined
  readonly tlsRpt: TlsRptEffect | undefined
  readonly isTakenOver: boolean
}

/** What holds for mail today and afterwards: policies always, the rest only where it changes. */
export function EffectTable({ dmarc, mtaSts, tlsRpt, isTakenOver }: EffectTableProps) {
  const rows = [
    ...(dmarc ? dmarcRows(dmarc) : []),
    ...(mtaSts ? mtaStsRows(mtaSts) : []),
    ...(tlsRpt ? [tlsRptRow(tlsRpt)] : []),
  ]
  if (rows.length === 0) return null
  return (
    <table className="effect" aria-label={t('Effect on mail')}>
      <thead>
        <tr>
          <th scope="col">{t('Effect on mail')}</th>
          <th scope="col">{t('Today')}</th>
          <th scope="col">{t('Afterwards')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ aspect, before, after, tone, mono }) => (
          <tr key={aspect}>
            <th scope="row">{aspect}</th>
            <td data-label={t('Today')} className={mono ? 'mono' : ''}>
              <Values values={before} />
            </td>
            <td
              data-label={t('Afterwards')}
              className={mono ? (tone === 'weaker' ? 'mono after-weaker' : 'mono') : `after-${tone}`}
            >
              <Values values={after} />
              <span className="muted tone">{toneWord(tone, mono ?? false, isTakenOver)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Colour alone says nothing; for addresses, only what is lost is worth a word. */
function toneWord(tone: Row['tone'], isAddress: boolean, isTakenOver: boolean): string {
  if (isAddress) return tone === 'weaker' ? t('(addresses lost)') : ''
  if (tone === 'same') return isTakenOver ? t('(taken over)') : ''
  return tone === 'weaker' ? t('(weaker)') : t('(stronger)')
}

function Values({ values }: { values: readonly string[] }) {
  if (values.length === 0) return <span className="muted">{t('nobody')}</span>
  return values.map((value) => (
    <span key={value} className="value">
      <DnsText text={value} />
    </span>
  ))
}

function dmarcRows({ before, after, changes }: DmarcEffect): Row[] {
  const tone = (aspect: string): Row['tone'] => {
    const change = changes.find((each) => each.aspect === aspect)
    return !change ? 'same' : change.grade === 'stronger' ? 'stronger' : 'weaker'
  }
  const policy = (aspect: string, title: string, from: Policy, to: Policy): Row => ({
    aspect: title,
    before: [treatment(from)],
    after: [treatment(to)],
    tone: tone(aspect),
  })
  const changed = (aspect: string) => changes.some((each) => each.aspect === aspect)
  return [
    policy('policy', t('Mail that fails DMARC'), before.domain, after.domain),
    policy('subdomain-policy', t('Subdomains'), before.subdomains, after.subdomains),
    ...(changed('nonexistent-policy') && before.nonExistent.applied !== before.subdomains.applied
      ? [policy('nonexistent-policy', t('Names that do not exist'), before.nonExistent, after.nonExistent)]
      : []),
    ...(changed('alignment')
      ? [{ aspect: t('Alignment'), before: [alignment(before)], after: [alignment(after)], tone: tone('alignment') }]
      : []),
    addresses(t('Reports go to'), before.rua, after.rua, tone('reports')),
    ...(changed('failure-reports')
      ? [addresses(t('Failure reports go to'), before.ruf, after.ruf, tone('failure-reports'))]
      : []),
  ]
}

function mtaStsRows({ mode, changes }: MtaStsEffect): Row[] {
  const change = changes.find(({ aspect }) => aspect === 'mode')
  const tone = !change ? 'same' : change.grade === 'stronger' ? 'stronger' : 'weaker'
  return [
    { aspect: t('Encryption of incoming mail'), before: [modeWord(mode.before)], after: [modeWord(mode.after)], tone },
  ]
}

function tlsRptRow({ before, after, weakens }: TlsRptEffect): Row {
  return addresses(t('TLS reports go to'), before.rua, after.rua, weakens ? 'weaker' : 'same')
}

function treatment({ applied, rfc7489 }: Policy): string {
  const word = applied === 'none' ? t('delivered') : applied === 'quarantine' ? t('spam folder') : t('rejected')
  return rfc7489.policy === applied && rfc7489.percent === 100
    ? word
    : t('{treatment}; older receivers: p={policy} for {percent} %', {
        treatment: word,
        policy: rfc7489.policy,
        percent: rfc7489.percent,
      })
}

function alignment({ adkim, aspf }: DmarcInForce): string {
  const word = (mode: string) => (mode === 's' ? t('strict') : t('relaxed'))
  return `DKIM ${word(adkim)}, SPF ${word(aspf)}`
}

function addresses(aspect: string, before: readonly string[], after: readonly string[], tone: Row['tone']): Row {
  const shown = (uris: readonly string[]) => uris.map((uri) => uri.replace(/^mailto:/, ''))
  return { aspect, before: shown(before), after: shown(after), tone, mono: true }
}

function modeWord(mode: MtaStsEffect['mode']['before']): string {
  return mode === 'none' ? t('not required') : mode === 'testing' ? t('tested') : t('required')
}
