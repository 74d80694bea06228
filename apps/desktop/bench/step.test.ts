import { describe, expect, it } from 'vitest'
import { runStep } from './step.ts'

const node = (script: string, limitMs: number) => runStep(process.execPath, ['-e', script], { limitMs })

describe('a step of the benchmarks', () => {
  it('answers what the program printed', async () => {
    expect(await node('console.log("figure")', 60_000)).toBe('figure\n')
  })

  it('says what a program that failed had to say', async () => {
    await expect(node('console.error("no display"); process.exit(3)', 60_000)).rejects.toThrow(
      'ended with exit code 3; it said: no display',
    )
  })

  it('stops a program that hangs, with what it has started, and says for how long it waited', async () => {
    // The child keeps the pipe open: without the whole group this would wait for it.
    const script = `
      require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
      setInterval(() => {}, 1000)`
    await expect(node(script, 1000)).rejects.toThrow('did not end within 1 s and was stopped; it said: nothing')
  })

  it('says that a program is missing', async () => {
    await expect(runStep('/nowhere/to-be-found', [], { limitMs: 1000 })).rejects.toThrow('could not be started')
  })
})
