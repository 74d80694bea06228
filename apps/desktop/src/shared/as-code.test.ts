import { expect, test } from 'vitest'
import { domain } from '../../test/fixtures.ts'
import { cdktfCode, terraformCode } from './as-code.ts'

// What Terraform would take for a template is only text here.
const template = `It\u2019s $${'{live}'}`
const own = 'v=DMARC1; p=none; rua=mailto:x@in.example'
const shop = domain('1shop.example', 'ready', {
  accountId: 3,
  domainId: 41,
  tags: [{ id: 1, name: template, color: '#112233' }],
  dmarcRecord: 'v=DMARC1; p=quarantine; sp=reject; adkim=s; t=y; rua=mailto:x@in.example,mailto:me@1shop.example',
  defaultDmarcRecord: own,
  hostedMtaSts: true,
  mtaSts: { mode: 'testing', mx: ['mx1.1shop.example', '*.mx.example'], days: 7 },
})

test('as Terraform, with the import of what exists', () => {
  expect(terraformCode(shop)).toBe(`import {
  to = dmarcreport_domain.d_1shop_example
  id = "3/41"
}

resource "dmarcreport_domain" "d_1shop_example" {
  address = "1shop.example"
  tags    = ["It\u2019s $\${live}"]
  hosted_dmarc = {
    policy           = "quarantine"
    subdomain_policy = "reject"
    dkim_alignment   = "strict"
    test_mode        = true
    extra_rua        = ["me@1shop.example"]
  }
  hosted_mta_sts = {
    mode         = "testing"
    mx           = ["mx1.1shop.example", "*.mx.example"]
    max_age_days = 7
  }
}
`)
})

test('as constructs', () => {
  expect(cdktfCode(domain('a.example', 'ready', { dmarcRecord: own, defaultDmarcRecord: own }))).toBe(
    `import { MonitoredDomain } from '@dmarc-as-code/cdktf'

new MonitoredDomain(this, 'a-example', {
  address: 'a.example',
  hostedDmarc: {
    policy: 'none',
  },
})
`,
  )
})

test('says which reports are not wanted, each in its own words', () => {
  const quiet = domain('a.example', 'unhosted', { hostedDmarc: false, reports: { aggregate: true, failure: false } })
  expect(terraformCode(quiet)).toContain('  ruf_report = false\n')
  expect(terraformCode(quiet)).not.toContain('rua_report')
  expect(cdktfCode(quiet)).toContain("  reports: ['aggregate'],\n")
})
