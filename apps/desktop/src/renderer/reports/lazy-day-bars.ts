import { lazily } from '../parts/lazily.tsx'

/** The chart of days, loaded when it is shown or before. */
export const DayBars = lazily(async () => (await import('./day-bars.tsx')).DayBars)
