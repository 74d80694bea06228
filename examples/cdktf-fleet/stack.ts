import { join } from 'node:path'
import { AwsProvider } from '@cdktn/provider-aws/lib/provider/index.js'
import { DmarcreportProvider, DomainFleet, ProviderDns } from '@dmarc-as-code/cdktf/cdktn'
import { Route53Dns } from '@dmarc-as-code/cdktf/cdktn/route53'
import { type App, Fn, S3Backend, TerraformOutput, TerraformStack } from 'cdktn'

export class FleetStack extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id)
    // For the lock of the state, below.
    this.node.setContext('targetVersions', { terraform: '>=1.10', opentofu: '>=1.10' })
    // What they need to sign in comes from the environment, and is in no file.
    new DmarcreportProvider(this, 'dmarcreport')
    new AwsProvider(this, 'aws', { region: 'us-east-1' })
    // The state is kept in a bucket of S3, with a lock; without STATE_BUCKET it is a file, to try things out.
    const { STATE_BUCKET: bucket, STATE_REGION: region } = process.env
    if (bucket) new S3Backend(this, { bucket, key: 'fleet.tfstate', region, encrypt: true, useLockfile: true })

    const fleet = DomainFleet.fromFile(this, 'clients', join(import.meta.dirname, 'domains.yaml'), {
      dns: {
        // One hosted zone for all of them; `zones` would give each domain its own.
        route53: new Route53Dns({ zoneName: 'aws.test' }),
        bind: new ProviderDns({ rfc2136: { zones: ['onsite.test'] } }),
        powerdns: new ProviderDns({ powerdns: {}, onConflict: 'adopt' }),
      },
    })

    const ready = [...fleet.domains.values()].map((domain) => domain.ready)
    new TerraformOutput(this, 'domains', { value: fleet.domains.size })
    new TerraformOutput(this, 'all-ready', { value: Fn.alltrue(ready) })
  }
}
