import { AwsProvider } from '@cdktn/provider-aws/lib/provider/index.js'
import { DmarcreportProvider, MonitoredDomain, RefuseWeakPolicy, RequireMtaSts, Tag } from '@dmarc-as-code/cdktf/cdktn'
import { Route53Dns } from '@dmarc-as-code/cdktf/cdktn/route53'
import { type App, Aspects, S3Backend, TerraformOutput, TerraformStack } from 'cdktn'

export class MailStack extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id)
    // For the lock of the state, below.
    this.node.setContext('targetVersions', { terraform: '>=1.10', opentofu: '>=1.10' })
    new DmarcreportProvider(this, 'dmarcreport')
    new AwsProvider(this, 'aws', { region: 'us-east-1' })
    // The state is kept in a bucket of S3, with a lock; without STATE_BUCKET it is a file, to try things out.
    const { STATE_BUCKET: bucket, STATE_REGION: region } = process.env
    if (bucket) new S3Backend(this, { bucket, key: 'mail-domains.tfstate', region, encrypt: true, useLockfile: true })

    // Each domain's records go into the hosted zone of its name; the zones' ids are looked up.
    const dns = new Route53Dns({
      zones: {
        'example.test': { lookUp: 'example.test' },
        'shop.test': { lookUp: 'shop.test' },
        'parked.test': { lookUp: 'parked.test' },
      },
    })

    const live = new Tag(this, 'customer-facing', { color: '#10B981' })

    const example = new MonitoredDomain(this, 'example', {
      address: 'example.test',
      tags: [live],
      hostedDmarc: { policy: 'quarantine', extraRua: ['dmarc@example.test'] },
      hostedMtaSts: { mode: 'testing', mx: ['mx.example.test'] },
      dns,
    })
    const shop = new MonitoredDomain(this, 'shop', {
      address: 'shop.test',
      tags: [live],
      hostedDmarc: { policy: 'reject', subdomainPolicy: 'reject', extraRua: ['postmaster@shop.test'] },
      hostedMtaSts: { mode: 'enforce', mx: ['mx.shop.test'], maxAgeDays: 14 },
      dns,
    })
    const parked = new MonitoredDomain(this, 'parked', {
      address: 'parked.test',
      parked: true,
      hostedDmarc: { policy: 'reject' },
      dns,
    })

    Aspects.of(this).add(new RefuseWeakPolicy({ tags: ['customer-facing'] }))
    Aspects.of(this).add(new RequireMtaSts())

    for (const domain of [example, shop, parked]) {
      new TerraformOutput(this, `${domain.node.id}-ready`, { value: domain.ready })
    }
  }
}
