import { expect, it } from 'vitest'
import { decimalText, ExactNumber, fromFloat64, numberText, parseNumber, toDouble } from './number.ts'

it.each([
  ['0', 0],
  ['-0', 0],
  ['007', 7],
  ['+5', 5],
  ['1.500', 1.5],
  ['.5', 0.5],
  ['1e3', 1000],
  ['12.5E-1', 1.25],
  ['9007199254740993', 9007199254740993n],
  ['1e20', 100000000000000000000n],
  ['0.30000000000000004', 0.30000000000000004],
])('reads %s', (text, expected) => {
  expect(parseNumber(text)).toBe(expected)
})

it('keeps digits no double holds', () => {
  expect(parseNumber('0.333333333333333333333')).toEqual(new ExactNumber('0.333333333333333333333'))
  expect(numberText(parseNumber('-1234567890.12345678901234567890'))).toBe('-1234567890.1234567890123456789')
  expect(toDouble(parseNumber('0.333333333333333333333'))).toBe(1 / 3)
})

it.each(['', '-', '.', 'e5', '0x10', '1_000', 'NaN', 'Infinity', '1e9999999', '1e5000'])('fails on %j', (text) => {
  expect(() => parseNumber(text)).toThrow(RangeError)
})

it('writes no exponents', () => {
  expect(decimalText(1e-7)).toBe('0.0000001')
  expect(decimalText(-1.5e21)).toBe('-1500000000000000000000')
})

it('takes whole doubles for whole numbers', () => {
  expect(fromFloat64(2 ** 60)).toBe(2n ** 60n)
  expect(fromFloat64(-0)).toBe(0)
  expect(fromFloat64(0.5)).toBe(0.5)
})
