import { plural, t } from '../../shared/messages/messages.ts'
import type { DmarcPolicy } from '../../shared/model.ts'
import type { ReportsView } from '../../shared/reports.ts'
import { counted } from './percent.ts'

/** What an enforced policy costs is said before, not after. */
export function WhatWillBeLost({ view, policy }: { view: ReportsView; policy: DmarcPolicy | undefined }) {
  const { expectedLoss } = view
  if (policy === 'reject') return null
  return (
    <section className="card" aria-labelledby="loss-heading">
      <h2 id="loss-heading">{t('What will be lost')}</h2>
      <p className="muted">
        {expectedLoss > 0
          ? plural(
              'About {count} forwarded message a month loses its signature on the way (mailing lists). At reject it may not arrive.|About {count} forwarded messages a month lose their signature on the way (mailing lists). At reject they may not arrive.',
              expectedLoss,
            )
          : t('No forwarded mail was seen that an enforced policy would stop.')}
      </p>
    </section>
  )
}

export function SourceCounts({ view: { sources } }: { view: ReportsView }) {
  return (
    <section className="card" aria-labelledby="sources-heading">
      <h2 id="sources-heading">{t('Sources')}</h2>
      <dl className="counts">
        <dt>{t('Yours')}</dt>
        <dd>{counted(sources.own)}</dd>
        <dt>{t('Forwarders')}</dt>
        <dd>{counted(sources.forwarder)}</dd>
        <dt>{t('Foreign, failing')}</dt>
        <dd>{counted(sources.foreign)}</dd>
      </dl>
    </section>
  )
}

/** Of TLS reports; nothing where none came. */
export function TlsSessions({ view: { tls } }: { view: ReportsView }) {
  const all = tls.successful + tls.failed
  if (all === 0) return null
  return (
    <section className="card" aria-labelledby="tls-heading">
      <h2 id="tls-heading">{t('Encrypted delivery')}</h2>
      <p className="muted">
        {tls.failed === 0
          ? plural('{count} session, none failed.|{count} sessions, none failed.', all)
          : plural('{failed} of {count} session failed.|{failed} of {count} sessions failed.', all, {
              failed: tls.failed,
            })}
      </p>
    </section>
  )
}
