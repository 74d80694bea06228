import { join } from 'node:path'
import { DmarcreportProvider, DomainFleet, ProviderDns, RequireHostedDmarc } from '@dmarc-as-code/cdktf/cdktn'
import { type App, Aspects, S3Backend, TerraformStack } from 'cdktn'

export class MailStack extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id)
    // For the lock of the state, below.
    this.node.setContext('targetVersions', { terraform: '>=1.10', opentofu: '>=1.10' })
    new DmarcreportProvider(this, 'dmarcreport')
    // Each plan is compared with the state, which is kept in a bucket of S3. Without STATE_BUCKET it is a file, to try things out.
    const { STATE_BUCKET: bucket, STATE_REGION: region } = process.env
    if (bucket) new S3Backend(this, { bucket, key: 'mail-domains.tfstate', region, encrypt: true, useLockfile: true })

    DomainFleet.fromFile(this, 'domains', join(import.meta.dirname, 'domains.yaml'), {
      dns: { onsite: new ProviderDns({ rfc2136: {} }) },
    })
    // What must hold for every domain fails the check before there is a plan.
    Aspects.of(this).add(new RequireHostedDmarc())
  }
}
