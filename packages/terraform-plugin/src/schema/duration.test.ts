import { expect, it } from 'vitest'
import { parseDuration } from './duration.ts'

it.each([
  ['90s', 90_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
  ['0s', 0],
  ['1m0.5s', 60_500],
])('reads %s', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds)
})

it.each(['', '5', 's', '1d', '-1s', '1 s', '1h 30m', 'soon'])('refuses %j', (text) => {
  expect(parseDuration(text)).toBe(undefined)
})
