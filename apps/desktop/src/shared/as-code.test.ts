import { expect, it } from 'vitest'
import { domain } from '../../test/fixtures.ts'
import { cdktfCode, codeSetup, terraformCode } from './as-code.ts'

const one = { severalAccounts: false }

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

it('as Terraform, with the import of what exists', () => {
  expect(terraformCode(shop, one)).toBe(`import {
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

it('as constructs', () => {
  expect(cdktfCode(domain('a.example', 'ready', { domainId: 5, dmarcRecord: own, defaultDmarcRecord: own }), one)).toBe(
    `import { MonitoredDomain } from '@dmarc-as-code/cdktf'

new MonitoredDomain(this, 'a-example', {
  address: 'a.example',
  hostedDmarc: {
    policy: 'none',
  },
}).importFrom('1/5')
`,
  )
})

it('says which reports are not wanted, each in its own words', () => {
  const quiet = domain('a.example', 'unhosted', {
    hostedDmarc: false,
    reports: { aggregate: true, failure: false, tls: false },
  })
  expect(terraformCode(quiet, one)).toContain('  ruf_report = false\n')
  expect(terraformCode(quiet, one)).not.toContain('rua_report')
  expect(cdktfCode(quiet, one)).toContain("  reports: ['aggregate'],\n")
})

it('takes the whole record where settings have no words for it', () => {
  const old = domain('a.example', 'ready', { dmarcRecord: `${own}; pct=50`, defaultDmarcRecord: own })
  expect(terraformCode(old, one)).toContain(`    record = "${own}; pct=50"\n`)
})

it('names the account only where there are several', () => {
  expect(terraformCode(shop, one)).not.toContain('account_id')
  expect(terraformCode(shop, { severalAccounts: true })).toContain('  account_id = "3"\n')
  expect(cdktfCode(shop, { severalAccounts: true })).toContain("  account: '3',\n")
})

it('asks to add a policy that the service does not report, rather than turn hosting off', () => {
  const { mtaSts: _untold, ...untold } = shop
  expect(terraformCode(untold, one)).toMatch(
    /# The service does not report [\s\S]*hosted_mta_sts = \{\n {4}mode = "testing"/,
  )
})

it('sets a project up for the service it watches', () => {
  expect(codeSetup({ kind: 'vendor', baseUrl: 'https://api.dmarcreport.com' }).terraform).toContain(
    'provider "dmarcreport" {}\n',
  )
  const own = codeSetup({ kind: 'self-hosted', baseUrl: 'https://dmarc.example.com' })
  expect(own.terraform).toContain('  endpoint = "https://dmarc.example.com"\n')
  expect(own.cdktf).toContain("'dmarcreport', { endpoint: 'https://dmarc.example.com' })\n")
})
