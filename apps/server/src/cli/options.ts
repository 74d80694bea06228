import type { CommandInput } from './command.ts'
import { CommandError } from './command-error.ts'

/** The value of a required option. @throws {CommandError} when it is missing */
export function requiredOption(values: CommandInput['values'], option: string): string {
  const value = values[option]?.trim()
  if (!value) throw new CommandError(`--${option} is required.`)
  return value
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A time span such as `90d`, `24h` or `30m`, in milliseconds. @throws {CommandError} */
export function spanOf(text: string, option: string): number {
  const match = /^(\d{1,6})([mhd])$/.exec(text.trim())
  const unit = match?.[2] as keyof typeof units | undefined
  if (match && unit) return Number(match[1]) * units[unit]
  throw new CommandError(`--${option} is "${text}". Expected a number with m (minutes), h (hours) or d (days): 90d.`)
}

/** The number of an object. @throws {CommandError} */
export function numberOf(text: string, option: string): number {
  if (/^\d{1,9}$/.test(text.trim())) return Number(text)
  throw new CommandError(`--${option} is "${text}". Expected a whole number.`)
}

/** A time for people, to the minute in UTC; `-` where there is none. */
export const shownTime = (at: number | null): string =>
  at === null ? '-' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`
