import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DmarcRollout, DmarcreportProvider, MonitoredDomain, ProviderDns } from '@dmarc-as-code/cdktf/cdktn'
import { App, TerraformOutput, TerraformStack } from 'cdktn'

const app = new App()
const stack = new TerraformStack(app, 'rollout')
new DmarcreportProvider(stack, 'dmarcreport')

// What is live, noted after each apply: the rollout never goes below it, and moves on by one stage at most.
const { live } = JSON.parse(readFileSync(join(import.meta.dirname, 'rollout.json'), 'utf8'))
// The share of mail that passes, read from your reports. Without it, the last stage waits: no measurement is no reason to
// move, in either direction.
const passRate = process.env.PASS_RATE
// TODAY stands for another day when you want to see what will happen then.
const today = process.env.TODAY

const rollout = new DmarcRollout(stack, 'to-reject', {
  stages: [
    { stage: 'none' },
    { stage: 'quarantine-test', from: '2026-03-01' },
    { stage: 'quarantine', from: '2026-04-01' },
    // From the middle of the year, once nearly all mail passes. It stays when the share falls: anyone can send failing mail.
    { stage: 'reject', from: '2026-06-01', when: passRate ? Number(passRate) >= 0.98 : undefined },
  ],
  settings: { extraRua: ['dmarc@example.test'], failureOptions: '1' },
  live,
  ...(today !== undefined && { now: new Date(today) }),
})

// Records of one's own that stand there make way, and are put back on destroy.
const dns = new ProviderDns({ rfc2136: {}, onConflict: 'replace' })
for (const address of ['example.test', 'shop.test']) {
  new MonitoredDomain(stack, address, { address, hostedDmarc: rollout, dns })
}

new TerraformOutput(stack, 'stage', { value: rollout.stage })
new TerraformOutput(stack, 'next', { value: rollout.next?.stage ?? 'none: this is the last stage' })

app.synth()
