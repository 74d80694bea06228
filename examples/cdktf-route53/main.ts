import { AwsProvider } from '@cdktn/provider-aws/lib/provider/index.js'
import { DmarcreportProvider, MonitoredDomain, RefuseWeakPolicy, RequireMtaSts, Tag } from '@dmarc-as-code/cdktf/cdktn'
import { Route53Dns } from '@dmarc-as-code/cdktf/cdktn/route53'
import { App, Aspects, TerraformOutput, TerraformStack } from 'cdktn'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
new AwsProvider(stack, 'aws', { region: 'us-east-1' })

// Each domain's records go into the hosted zone of its name; the zones' ids are looked up.
const dns = new Route53Dns({
  zones: {
    'example.test': { lookUp: 'example.test' },
    'shop.test': { lookUp: 'shop.test' },
    'parked.test': { lookUp: 'parked.test' },
  },
})

const live = new Tag(stack, 'customer-facing', { color: '#10B981' })

const example = new MonitoredDomain(stack, 'example', {
  address: 'example.test',
  tags: [live],
  hostedDmarc: { policy: 'quarantine', extraRua: ['dmarc@example.test'] },
  hostedMtaSts: { mode: 'testing', mx: ['mx.example.test'] },
  dns,
})
const shop = new MonitoredDomain(stack, 'shop', {
  address: 'shop.test',
  tags: [live],
  hostedDmarc: { policy: 'reject', subdomainPolicy: 'reject' },
  hostedMtaSts: { mode: 'enforce', mx: ['mx.shop.test'], maxAgeDays: 14 },
  dns,
})
const parked = new MonitoredDomain(stack, 'parked', {
  address: 'parked.test',
  parked: true,
  hostedDmarc: { policy: 'reject' },
  dns,
})

Aspects.of(stack).add(new RefuseWeakPolicy({ tags: ['customer-facing'] }))
Aspects.of(stack).add(new RequireMtaSts())

for (const domain of [example, shop, parked]) {
  new TerraformOutput(stack, `${domain.node.id}-ready`, { value: domain.ready })
}

app.synth()
