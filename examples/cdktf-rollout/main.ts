import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DmarcRollout, DmarcreportProvider, MonitoredDomain, ProviderDns } from '@dmarc-as-code/cdktf'
import { App, TerraformOutput, TerraformStack } from 'cdktf'

const app = new App()
const stack = new TerraformStack(app, 'rollout')
new DmarcreportProvider(stack, 'dmarcreport')

// What is live, noted after each apply: synthesis refuses to move on by more than one stage.
const { live } = JSON.parse(readFileSync(join(import.meta.dirname, 'rollout.json'), 'utf8'))
// TODAY stands for another day when you want to see what will happen then.
const today = process.env.TODAY

const rollout = new DmarcRollout(stack, 'to-reject', {
  stages: [
    { stage: 'none' },
    { stage: 'quarantine-test', from: '2026-03-01' },
    { stage: 'quarantine', from: '2026-04-01' },
    // From the middle of the year, and only while nearly all mail passes.
    { stage: 'reject', from: '2026-06-01', when: () => Number(process.env.PASS_RATE ?? 0) >= 0.98 },
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
