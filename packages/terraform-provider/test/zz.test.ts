import type { Fault } from '@dmarc-as-code/server/sandbox'
import { expect, it } from 'vitest'
import { startBench } from './sandbox.ts'
it('prints', async () => {
  const bench = await startBench()
  const { terraform, sandbox } = bench
  const conf = (more='') => `
provider "dmarcreport" {
  max_retries     = 1
  request_timeout = 1
${more}
}
resource "dmarcreport_domain" "this" {
  address      = "shop.test"
  tags         = ["production"]
  hosted_dmarc = { policy = "quarantine" }
}
resource "dmarcreport_dns_records" "this" {
  records     = dmarcreport_domain.this.cnames
  on_conflict = "replace"
  rfc2136     = {}
}
resource "dmarcreport_domain_verification" "this" {
  domain_id = dmarcreport_domain.this.id
  records   = dmarcreport_dns_records.this.applied
}
data "dmarcreport_domains" "all" {}
`
  const faults: [string, Fault][] = [
    ['drop', { kind: 'drop' }], ['slow', { kind: 'latency', milliseconds: 30_000 }], ['429', { kind: 'status', status: 429, retryAfter: '1' }], ['429 no hint', { kind: 'status', status: 429 }],
    ['500', { kind: 'status', status: 500 }], ['html 502', { kind: 'status', status: 502, body: 'html' }], ['html 200', { kind: 'status', status: 200, body: 'html' }], ['half', { kind: 'cut-off' }], ['401', { kind: 'status', status: 401 }], ['403', { kind: 'status', status: 403 }],['404', { kind: 'status', status: 404 }]]
  for (const [name, fault] of faults) {
    sandbox.faults.clear()
    await terraform.write(conf()); 
    sandbox.faults.add({ fault })
    let r = await terraform.run('apply', '-auto-approve', '-no-color')
    console.log(`#### ${name} create\n${r.stderr}`)
    sandbox.faults.clear()
    await terraform.apply()
    sandbox.faults.add({ fault })
    r = await terraform.run('plan', '-no-color')
    console.log(`#### ${name} plan\n${r.stderr}`)
    sandbox.faults.clear()
    sandbox.faults.add({ fault, matches: ({method}) => method !== 'GET' })
    r = await terraform.run('destroy', '-auto-approve', '-no-color', '-refresh=false')
    console.log(`#### ${name} destroy\n${r.stderr}`)
    sandbox.faults.clear()
    await terraform.destroy()
  }
  await terraform.write(conf('endpoint = "http://127.0.0.1:1"'))
  console.log(`#### down\n${(await terraform.run('plan', '-no-color')).stderr}`)
  await terraform.write(conf('endpoint = "http://nowhere.invalid"'))
  console.log(`#### no name\n${(await terraform.run('plan', '-no-color')).stderr}`)
  await bench.close()
}, 300_000)
