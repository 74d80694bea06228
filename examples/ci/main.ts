import { join } from 'node:path'
import { DmarcreportProvider, DomainFleet, ProviderDns, RequireHostedDmarc } from '@dmarc-as-code/cdktf/cdktn'
import { App, Aspects, S3Backend, TerraformStack } from 'cdktn'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
// Where the state is kept, which each plan is compared with. Without a bucket it is a file, to try things out.
const { STATE_BUCKET: bucket, STATE_REGION: region } = process.env
if (bucket) new S3Backend(stack, { bucket, key: 'mail-domains.tfstate', region, encrypt: true, useLockfile: true })

DomainFleet.fromFile(stack, 'domains', join(import.meta.dirname, 'domains.yaml'), {
  dns: { onsite: new ProviderDns({ rfc2136: {} }) },
})
// What must hold for every domain fails the check before there is a plan.
Aspects.of(stack).add(new RequireHostedDmarc())

app.synth()
