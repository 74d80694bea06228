import { join } from 'node:path'
import { AwsProvider } from '@cdktn/provider-aws/lib/provider/index.js'
import { DmarcreportProvider, DomainFleet, ProviderDns } from '@dmarc-as-code/cdktf/cdktn'
import { Route53Dns } from '@dmarc-as-code/cdktf/cdktn/route53'
import { App, Fn, TerraformOutput, TerraformStack } from 'cdktn'

const app = new App()
const stack = new TerraformStack(app, 'fleet')
// What they need to sign in comes from the environment, and is in no file.
new DmarcreportProvider(stack, 'dmarcreport')
new AwsProvider(stack, 'aws', { region: 'us-east-1' })

const fleet = DomainFleet.fromFile(stack, 'clients', join(import.meta.dirname, 'domains.yaml'), {
  dns: {
    // One hosted zone for all of them; `zones` would give each domain its own.
    route53: new Route53Dns({ zoneName: 'aws.test' }),
    bind: new ProviderDns({ rfc2136: { zones: ['onsite.test'] } }),
    powerdns: new ProviderDns({ powerdns: {}, onConflict: 'adopt' }),
  },
})

const ready = [...fleet.domains.values()].map((domain) => domain.ready)
new TerraformOutput(stack, 'domains', { value: fleet.domains.size })
new TerraformOutput(stack, 'all-ready', { value: Fn.alltrue(ready) })

app.synth()
