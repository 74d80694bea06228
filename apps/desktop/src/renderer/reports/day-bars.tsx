import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { locale } from '../../shared/messages/messages.ts'
import type { ReportDay } from '../../shared/reports.ts'
import { counted } from './percent.ts'
import { reportClasses } from './report-classes.ts'

/** Pixels. */
const height = 190
const daySeconds = 86_400

export interface DayBarsProps {
  readonly days: readonly ReportDay[]
}

/** A stacked bar for each day; the one under the pointer in numbers below. */
export function DayBars({ days }: DayBarsProps) {
  const box = useRef<HTMLDivElement>(null)
  const [pointed, setPointed] = useState<number>()
  useEffect(() => {
    const element = box.current
    if (!element) return
    let plot = draw(element, days, setPointed)
    const redraw = () => {
      plot.destroy()
      plot = draw(element, days, setPointed)
    }
    // The colours are drawn, so another theme draws anew.
    const theme = matchMedia('(prefers-color-scheme: dark)')
    theme.addEventListener('change', redraw)
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0)
      if (width > 0 && width !== plot.width) plot.setSize({ width, height })
    })
    observer.observe(element)
    return () => {
      theme.removeEventListener('change', redraw)
      observer.disconnect()
      plot.destroy()
    }
  }, [days])
  const day = pointed === undefined ? undefined : days[pointed]
  return (
    <>
      <div ref={box} className="day-bars" aria-hidden="true">
        {reportClasses().map(({ id }) => (
          <span key={id} hidden className={`chart-${id}`} />
        ))}
      </div>
      <p className="muted day-line" aria-hidden="true">
        {day ? `${dateOf(day.day)}: ${classesOf(day)}` : ' '}
      </p>
    </>
  )
}

function draw(element: HTMLElement, days: readonly ReportDay[], onPoint: (index: number | undefined) => void): uPlot {
  const inkSoft = getComputedStyle(element).color
  const ids = reportClasses().map(({ id }) => id)
  const colours = ids.map((id) => {
    const sample = element.querySelector(`.chart-${id}`)
    return sample ? getComputedStyle(sample).backgroundColor : inkSoft
  })
  // The highest stack is drawn first, and the lower ones over it.
  const stacks = ids.map((_id, index) =>
    days.map((day) => ids.slice(0, index + 1).reduce((sum, each) => sum + day[each], 0)),
  )
  const order = ids.map((_id, index) => index).reverse()
  const bars = uPlot.paths.bars?.({ size: [0.82, 40], align: 0 })
  const series = order.map((index): uPlot.Series => {
    const colour = String(colours[index])
    return { fill: colour, stroke: colour, width: 0, points: { show: false }, ...(bars ? { paths: bars } : {}) }
  })
  const axis = { stroke: inkSoft, font: `11px ${getComputedStyle(element).fontFamily}`, ticks: { show: false } }
  return new uPlot(
    {
      width: element.clientWidth || 320,
      height,
      legend: { show: false },
      cursor: { points: { show: false }, drag: { x: false, y: false }, y: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      scales: {
        // Half a day more at each end, for the halves of the outer bars.
        x: { time: true, range: (_plot, from, to) => [from - daySeconds / 2, to + daySeconds / 2] },
        y: { range: (_plot, _low, high) => [0, Math.max(high, 1) * 1.05] },
      },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 26,
          space: 90,
          incrs: [7 * daySeconds, 14 * daySeconds, 30 * daySeconds],
          values: (_plot, splits) => splits.map((seconds) => dateOf(new Date(seconds * 1000).toISOString())),
        },
        {
          ...axis,
          grid: { stroke: inkSoft, width: 0.15 },
          size: 56,
          values: (_plot, splits) => splits.map((value) => counted(value)),
        },
      ],
      series: [{}, ...series],
      hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
    },
    [days.map(({ day }) => Date.parse(day) / 1000), ...order.map((index) => stacks[index] ?? [])],
    element,
  )
}

function dateOf(day: string): string {
  return new Date(day).toLocaleDateString(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' })
}

function classesOf(day: ReportDay): string {
  return reportClasses()
    .map(({ id, title }) => `${counted(day[id])} ${title}`)
    .join(', ')
}
