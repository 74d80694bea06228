import { t } from '../../shared/messages/messages.ts'
import type { HistoryEntry } from '../../shared/model.ts'
import { stateWord } from '../../shared/states.ts'
import { sharesOf, spansOf } from './spans.ts'

const width = 600
/** States differ in height as well as colour. */
const heights = { ready: 10, working: 18, attention: 28, unknown: 14, unhosted: 6 } as const

/** State over time, at most 90 days. */
export function StateChart({ entries, now }: { entries: readonly HistoryEntry[]; now: number }) {
  const spans = spansOf(entries, now)
  const words = sharesOf(spans)
    .map(({ state, share }) =>
      t('{state} {share} %', { state: stateWord(state), share: share < 0.01 ? '< 1' : Math.round(share * 100) }),
    )
    .join(', ')
  return (
    <figure className="chart">
      <svg
        viewBox={`0 0 ${width} 30`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('State over time: {words}', { words })}
      >
        {spans.map((span) => (
          <rect
            key={span.from}
            className={`bar bar-${span.state}`}
            x={span.from * width}
            y={30 - heights[span.state]}
            width={Math.max((span.to - span.from) * width, 2)}
            height={heights[span.state]}
          />
        ))}
      </svg>
      <figcaption className="muted">{t('Share of time since first seen: {words}', { words })}</figcaption>
    </figure>
  )
}
