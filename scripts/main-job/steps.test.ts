import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import { Steps } from './steps.ts'

function screen() {
  let text = ''
  const out = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      done()
    },
  })
  return { out, text: () => stripVTControlCharacters(text) }
}

it('numbers the steps, shows progress once, and answers what the work answers', async () => {
  const { out, text } = screen()
  const times = [0, 1500, 2000, 2100]
  const steps = new Steps(out, () => times.shift() ?? 0)
  const answer = await steps.run('Declare', async (progress) => {
    progress('example.test: pending')
    progress('example.test: pending')
    progress('example.test: ready')
    return 42
  })
  await steps.run('Verify', async () => {})
  expect(answer).toBe(42)
  expect(text()).toBe(
    ' 1  Declare\n      example.test: pending\n      example.test: ready\n    done 1.5 s\n 2  Verify\n    done 0.1 s\n',
  )
})

it('fails with the error of the work, after saying which step it was', async () => {
  const { out, text } = screen()
  const steps = new Steps(out, () => 0)
  const broken = new Error('no DNS')
  await expect(steps.run('Apply', () => Promise.reject(broken))).rejects.toBe(broken)
  expect(text()).toContain('failed 0.0 s')
})
