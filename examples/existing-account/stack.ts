import { join } from 'node:path'
import { DmarcreportProvider, DomainFleet } from '@dmarc-as-code/cdktf/cdktn'
import { type App, S3Backend, TerraformStack } from 'cdktn'

export class MailStack extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id)
    // For the lock of the state, below.
    this.node.setContext('targetVersions', { terraform: '>=1.10', opentofu: '>=1.10' })
    // The token comes from the environment: DMARCREPORT_TOKEN.
    new DmarcreportProvider(this, 'dmarcreport')
    // The state is kept in a bucket of S3, with a lock; without STATE_BUCKET it is a file, to try things out.
    const { STATE_BUCKET: bucket, STATE_REGION: region } = process.env
    if (bucket) new S3Backend(this, { bucket, key: 'mail-domains.tfstate', region, encrypt: true, useLockfile: true })

    const fleet = DomainFleet.fromFile(this, 'domains', join(import.meta.dirname, 'domains.yaml'))

    // The first apply takes over what exists. Remove this line after it.
    fleet.importExisting()
  }
}
