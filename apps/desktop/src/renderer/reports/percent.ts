import { locale } from '../../shared/messages/messages.ts'

/** Rounded down to one decimal, so that 97.96 is never shown as the 98 it is not. */
export function percent(rate: number): string {
  return (Math.floor(rate * 10) / 10).toLocaleString(locale())
}

/** A count, as people of the language write it. */
export function counted(count: number): string {
  return count.toLocaleString(locale())
}
