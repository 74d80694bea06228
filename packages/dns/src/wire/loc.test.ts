import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { parseRdata, rdataText } from './rdata.ts'

const places = [
  '52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000.00m 10.00m',
  '90 0 0.000 S 180 0 0.000 W 42849672.95m 90000000.00m 0.01m 0.00m',
  '0 0 0.000 N 0 0 0.001 W -100000.00m 1.00m 30.00m 500.00m',
]

it.each(places)('writes and reads the place %s', (text) => {
  expect(rdataText('LOC', parseRdata('LOC', text))).toBe(text)
})

it('fills in what a short form leaves out', () => {
  expect(rdataText('LOC', parseRdata('LOC', '42 N 71 6.0 W 0m'))).toBe(
    '42 0 0.000 N 71 6 0.000 W 0.00m 1.00m 10000.00m 10.00m',
  )
})

it('keeps data without such a form in the generic one', () => {
  for (const hex of [
    '01121316000000000000000000000000',
    '00ff13168000000080000000009896800',
    '000113168000000080000000009896 80',
  ]) {
    const rdata = Buffer.from(hex.replaceAll(' ', '').slice(0, 32), 'hex')
    expect(rdataText('LOC', rdata)).toMatch(/^\\# 16 /)
    expect(parseRdata('LOC', rdataText('LOC', rdata))).toEqual(rdata)
  }
})

it.skipIf(!hasPrograms('named', 'dig'))('has the bytes that BIND has, and a text that BIND reads', async () => {
  const bind = await startBind({
    zones: [{ name: 'example.test', records: places.map((text, i) => `l${i} LOC ${text}`) }],
  })
  onTestFinished(() => bind.close())
  for (const [index, text] of places.entries()) {
    const args = ['@127.0.0.1', '-p', String(bind.port), `l${index}.example.test`, 'LOC', '+short', '+unknownformat']
    const { stdout } = await promisify(execFile)('dig', args)
    const theirs = stdout
      .replace(/^\\# 16 /, '')
      .replaceAll(/\s/g, '')
      .toLowerCase()
    expect(parseRdata('LOC', text).toString('hex')).toBe(theirs)
  }
})
