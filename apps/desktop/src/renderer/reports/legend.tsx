import { reportClasses } from './report-classes.ts'

/** What the colours of a chart of mail stand for. */
export function Legend() {
  return (
    <ul className="legend">
      {reportClasses().map(({ id, title }) => (
        <li key={id}>
          <span className={`swatch chart-${id}`} aria-hidden="true" />
          {title}
        </li>
      ))}
    </ul>
  )
}
