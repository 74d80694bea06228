import { join } from 'node:path'
import { DmarcreportProvider, DomainFleet } from '@dmarc-as-code/cdktf/cdktn'
import { App, TerraformStack } from 'cdktn'

const app = new App()
const stack = new TerraformStack(app, 'mail')
// The token comes from the environment: DMARCREPORT_TOKEN.
new DmarcreportProvider(stack, 'dmarcreport')

const fleet = DomainFleet.fromFile(stack, 'domains', join(import.meta.dirname, 'domains.yaml'))

// The first apply takes over what exists. Remove this line after it.
fleet.importExisting()

app.synth()
