import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'cdktn'
import { RolloutStack } from './stack.ts'

// What is live, noted after each apply; nothing before the first one.
const { live } = JSON.parse(readFileSync(join(import.meta.dirname, 'rollout.json'), 'utf8'))
const { ACCEPT_RISK: acceptRisk } = process.env

const app = new App()
new RolloutStack(app, 'rollout', { live, acceptRisk: acceptRisk || undefined })
app.synth()
