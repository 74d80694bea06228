import { appendFileSync } from 'node:fs'
import { serve } from '@dmarc-as-code/terraform-plugin'
import { providerWithMoments } from './moments.ts'

// The provider, killed (SIGKILL, no farewell) at the moment that KILL_AT names. Every moment that comes by is written to MOMENTS.
const { provider } = providerWithMoments({ workFolder: String(process.env.NOTES) }, (moment) => {
  appendFileSync(String(process.env.MOMENTS), `${moment}\n`)
  if (moment === process.env.KILL_AT) process.kill(process.pid, 'SIGKILL')
})

void serve(provider)
