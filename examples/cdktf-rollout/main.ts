import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'cdktn'
import { RolloutStack } from './stack.ts'

// What is live, noted after each apply.
const { live } = JSON.parse(readFileSync(join(import.meta.dirname, 'rollout.json'), 'utf8'))
// The share of mail that passes, read from your reports; and another day than today, when you want to see what will happen then.
const { PASS_RATE: passRate, TODAY: today } = process.env

const app = new App()
new RolloutStack(app, 'rollout', {
  live,
  passRate: passRate ? Number(passRate) : undefined,
  now: today ? new Date(today) : new Date(),
})
app.synth()
