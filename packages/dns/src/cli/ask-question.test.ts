import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { askQuestion } from './ask-question.ts'

function ask() {
  const input = new PassThrough()
  const output = new PassThrough()
  const abort = new AbortController()
  const answer = askQuestion('Apply?', { input, output, terminal: true }, abort)
  return { input, abort, answer }
}

describe('a question on a terminal', () => {
  it.each([
    ['y\n', true],
    ['YES\n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
  ])('answered with %j is %s', async (text, expected) => {
    const { input, answer } = ask()
    input.write(text)
    expect(await answer).toBe(expected)
  })

  it.each([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
  ])('interrupts the command on %s', async (_, key) => {
    const { input, abort, answer } = ask()
    input.write(key)
    await expect(answer).rejects.toThrow('interrupted')
    expect(abort.signal.aborted).toBe(true)
  })

  it('interrupts the command when the input ends', async () => {
    const { input, abort, answer } = ask()
    input.end()
    await expect(answer).rejects.toThrow('interrupted')
    expect(abort.signal.aborted).toBe(true)
  })

  it('ends with the command', async () => {
    const { abort, answer } = ask()
    abort.abort(new Error('terminated'))
    await expect(answer).rejects.toThrow('terminated')
  })
})
