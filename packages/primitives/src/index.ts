/** What several packages need and no package is about: time, retries, concurrency, redaction, text for people. */

export { printable } from '@dmarc-as-code/records'
export { after, type Clock, systemClock } from './clock.ts'
export { excerpt } from './excerpt.ts'
export { createLimiter, type Limiter } from './limiter.ts'
export { eachLimited, type LimitedOptions, type LimitedWork, mapLimited } from './map-limited.ts'
export { Redactor, type RedactorOptions } from './redact.ts'
export { parseRetryAfter } from './retry-after.ts'
export { type RetryDelayOptions, retryDelay } from './retry-delay.ts'
export { shareInFlight } from './share-in-flight.ts'
export { type TextTableOptions, textTable } from './text-table.ts'
export { untilAborted } from './until-aborted.ts'
export { countOf, type WordListOptions, wordList } from './words.ts'
