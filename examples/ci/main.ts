import { join } from 'node:path'
import { DmarcreportProvider, DomainFleet, ProviderDns, RequireHostedDmarc } from '@dmarc-as-code/cdktf'
import { App, Aspects, TerraformStack } from 'cdktf'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
// Where the state is kept, which each plan is compared with:
// new S3Backend(stack, { bucket: 'our-state', key: 'mail-domains', region: 'us-east-1' })

DomainFleet.fromFile(stack, 'domains', join(import.meta.dirname, 'domains.yaml'), {
  dns: { onsite: new ProviderDns({ rfc2136: {} }) },
})
// What must hold for every domain fails the check before there is a plan.
Aspects.of(stack).add(new RequireHostedDmarc())

app.synth()
