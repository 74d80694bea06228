const dayMilliseconds = 86_400_000

/** Days since 1970-01-01, UTC, of a day `YYYY-MM-DD`. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMilliseconds

/** `YYYY-MM-DD`. */
export const dayText = (day: number): string => new Date(day * dayMilliseconds).toISOString().slice(0, 10)

/** The day of a time in milliseconds since 1970. */
export const dayAt = (milliseconds: number): number => Math.floor(milliseconds / dayMilliseconds)
