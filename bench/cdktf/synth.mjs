// node synth.mjs: synthesises 1,000 domains with their Route 53 records, each looked up in the plan, with the constructs and
// with the bare bindings in turn, and prints each one's milliseconds as JSON. Runs where the built package and the prebuilt bindings are installed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js'
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js'
import { DmarcreportProvider, MonitoredDomain } from '@dmarc-as-code/cdktf'
import { DataDmarcreportDnsLookup, Domain, DomainVerification } from '@dmarc-as-code/cdktf/l1'
import { Route53Dns } from '@dmarc-as-code/cdktf/route53'
import { App, TerraformStack } from 'cdktf'

const DOMAINS = 1000
const ROUNDS = 7
const addresses = Array.from({ length: DOMAINS }, (_, index) => `d${index}.example.com`)
const hostedDmarc = { policy: 'reject' }
const hostedMtaSts = { mode: 'enforce', mx: ['mx.example.com'], maxAgeDays: 7 }
const prefixes = { dmarc: '_dmarc', mta_sts_policy: 'mta-sts', mta_sts_id: '_mta-sts', tls_rpt: '_smtp._tls' }

const ways = {
  constructs(stack) {
    const dns = new Route53Dns({ zoneId: 'Z1' })
    for (const address of addresses) new MonitoredDomain(stack, address, { address, hostedDmarc, hostedMtaSts, dns })
  },
  bindings(stack) {
    for (const address of addresses) {
      const id = address.replaceAll('.', '-')
      const reports = { ruaReport: true, rufReport: true, parked: false }
      const domain = new Domain(stack, id, { address, ...reports, hostedDmarc, hostedMtaSts })
      const target = (key) => domain.getStringAttribute(`cnames.${key}.value`)
      const records = Object.entries(prefixes).map(([key, prefix]) => {
        const name = `${prefix}.${address}`
        new DataDmarcreportDnsLookup(stack, `${id}-${key}-now`, { name })
        const now = `data.dmarcreport_dns_lookup.${id}-${key}-now`
        const [condition, errorMessage] = [`\${${now}.status != "other_records"}`, `\${${now}.message}`]
        stack.addOverride(`check.${id}-${key}.assert`, [{ condition, error_message: errorMessage }])
        const lifecycle = { precondition: [{ condition, errorMessage }] }
        const record = { zoneId: 'Z1', name, type: 'CNAME', ttl: 300, records: [target(key)], lifecycle }
        return new Route53Record(stack, `${id}-${key}`, record)
      })
      new DomainVerification(stack, `${id}-verification`, {
        domainId: domain.id,
        accountId: domain.accountId,
        records: Object.fromEntries(Object.keys(prefixes).map((key) => [key, target(key)])),
        dependsOn: records,
      })
    }
  },
}

function synthesise(declare) {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'))
  const from = performance.now()
  const app = new App({ outdir })
  const stack = new TerraformStack(app, 'mail')
  new DmarcreportProvider(stack, 'dmarcreport')
  new AwsProvider(stack, 'aws', { region: 'us-east-1' })
  declare(stack)
  app.synth()
  const took = performance.now() - from
  rmSync(outdir, { recursive: true })
  return took
}

const samples = { constructs: [], bindings: [] }
// One round warms both up.
for (let round = 0; round <= ROUNDS; round++) {
  for (const name of Object.keys(ways)) {
    const took = synthesise(ways[name])
    if (round > 0) samples[name].push(took)
  }
}
console.log(JSON.stringify(samples))
