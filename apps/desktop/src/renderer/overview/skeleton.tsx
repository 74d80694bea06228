import { t } from '../../shared/messages/messages.ts'

const widths = ['w1', 'w2', 'w3', 'w2', 'w1', 'w3']

/** Rows to come, while the first answer is on its way. */
export function Skeleton() {
  return (
    <div className="skeleton" role="status" aria-label={t('Loading the domains')}>
      {widths.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={index} className="skeleton-row">
          <span className="skeleton-dot" />
          <span className={`skeleton-line ${width}`} />
        </div>
      ))}
    </div>
  )
}
