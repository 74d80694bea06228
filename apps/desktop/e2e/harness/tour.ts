import { DmarcReportClient } from '@dmarc-as-code/client'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import type { LaunchedApp } from './app.ts'
import { connect } from './steps.ts'
import { patienceForLooks } from './wait-until.ts'

/** What is done with each view: a picture, or an accessibility check. */
export type Visit = (name: string, page: Page) => Promise<void>

/** A sandbox with domains in every state, one with a month of reports. */
export async function addSampleDomains(sandbox: Sandbox): Promise<void> {
  const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
  const production = await client.tags.create({ name: 'Production', color: '#2f6f4f' })
  const brand = await client.tags.create({ name: 'Brand', color: '#8a4fbf' })
  const create = async (address: string, hosting: object, more: object = {}) => {
    const domain = await client.domains.create(sandbox.accountId, {
      address,
      rua_report: true,
      ruf_report: false,
      ...more,
    })
    return client.domains.update(sandbox.accountId, domain.id, hosting)
  }
  const policy = { mode: 'testing' as const, mx: 'mx1.shop.test, mx2.shop.test', mx_age: 7 }
  const all = { hosted_dmarc: true, hosted_mta_sts: true, mta_sts_report: true }
  const ready = await create('example.test', { hosted_dmarc: true }, { tag_ids: [production.id] })
  const targets = new Map(ready.cname_records?.map((record) => [record.name, record.value]))
  for (const [name, target] of targets)
    sandbox.zone('example.test').setRrsets(name, [{ type: 'CNAME', ttl: 300, data: [target] }])
  sandbox
    .zone('shop.test')
    .setRrsets('_dmarc.shop.test', [{ type: 'TXT', ttl: 3600, data: ['v=DMARC1; p=reject; rua=mailto:soc@shop.test'] }])
  await create('shop.test', all, { mta_sts_policy: policy, mta_sts_report: true, tag_ids: [production.id, brand.id] })
  await create('parked.test', { hosted_dmarc: true }, { parked_domain: true })
  await create('agency.test', {}, { tag_ids: [brand.id] })
  await create('news.agency.test', { hosted_dmarc: true })
  await create('m\u00fcller.agency.test', { hosted_dmarc: true })
  const services = { 'newsletter.example': { messages: 12 }, 'crm.example.net': { messages: 3 } }
  await sandbox.reports.play({ domain: 'example.test', days: 32, services, tls: { successful: 40, failed: 1 } })
}

/** Goes through every main view once. */
export async function walk(app: LaunchedApp, sandbox: Sandbox, visit: Visit): Promise<void> {
  const page = await app.window()
  const heading = (name: string | RegExp) => page.getByRole('heading', { name, level: 1 }).waitFor()
  const row = (name: string) => page.getByRole('option', { name: new RegExp(`^${name}`) })
  const back = () => page.getByRole('button', { name: 'Back' }).click()

  await visit('welcome', page)
  await connect(page, sandbox)
  await row('example.test *Ready').waitFor({ timeout: patienceForLooks })
  await row('shop.test *Action needed').waitFor()
  await visit('overview', page)

  await page.getByRole('searchbox').fill('nothing like this')
  await page.getByText('No matching domains').waitFor()
  await visit('overview-no-match', page)
  await page.getByRole('searchbox').fill('')
  await page.getByRole('button', { name: 'Select several' }).click()
  await row('shop.test').click()
  await row('parked.test').click()
  await page.getByRole('button', { name: 'Apply CNAMEs of 2 domains' }).waitFor()
  await visit('overview-choosing', page)
  await page.getByRole('button', { name: 'Cancel' }).click()

  await row('parked.test').click()
  await heading('parked.test')
  await visit('parked', page)
  await back()
  await row('example.test').click()
  await page.getByRole('tab', { name: 'Reports' }).click()
  await page.locator('.day-bars canvas').waitFor()
  await visit('reports', page)
  await back()
  await row('shop.test').click()
  await heading('shop.test')
  await visit('domain', page)
  await page.getByRole('button', { name: 'Copy as code' }).click()
  await page.getByRole('region', { name: 'As code' }).scrollIntoViewIfNeeded()
  await visit('code', page)
  await page.getByRole('button', { name: 'Hide code' }).click()
  await page.getByRole('tab', { name: 'Policy' }).click()
  await visit('policy', page)
  await page.getByRole('button', { name: 'Edit policy' }).first().click()
  await page.getByText('Reject', { exact: true }).first().click()
  await page.getByRole('form', { name: 'DMARC policy' }).scrollIntoViewIfNeeded()
  await visit('dmarc-form', page)
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('article', { name: 'Hosted MTA-STS' }).getByRole('button', { name: 'Edit policy' }).click()
  await page.getByRole('form', { name: 'MTA-STS policy' }).scrollIntoViewIfNeeded()
  await visit('mta-sts-form', page)
  await page.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('button', { name: 'Fix 4 records…' }).click()
  await page.getByRole('heading', { name: 'Credentials for shop.test' }).waitFor()
  await visit('credentials', page)
  await page.getByRole('button', { name: 'Add the records manually' }).click()
  await page.getByRole('button', { name: 'I have added them' }).waitFor()
  await visit('lines', page)
  await back()
  await row('shop.test').waitFor()

  await row('shop.test').click()
  await page.getByRole('button', { name: 'Fix 4 records…' }).click()
  await page.getByLabel('Primary server').fill(sandbox.dns.address)
  await page.getByLabel('Port').fill(String(sandbox.dns.port))
  await page.getByLabel('Key name').fill(sandbox.tsig.name)
  await page.getByLabel('Key (base64)').fill(sandbox.tsig.secret)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'shop.test keeps its protection.' }).waitFor()
  await visit('plan', page)
  await page.getByText('Use the hosted record').click()
  await page.getByRole('heading', { name: 'This weakens shop.test.' }).waitFor()
  await visit('plan-weaker', page)
  await page.getByText('Take over the current policy').click()
  await page.getByRole('button', { name: 'Apply 4 records' }).click()
  await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
  await visit('applied', page)
  await page.getByRole('button', { name: 'Close' }).click()

  await page.keyboard.press('Control+k')
  await page.getByRole('searchbox', { name: 'Go to' }).fill('agency')
  await page.getByRole('menuitem', { name: /^news.agency.test/ }).waitFor()
  await visit('switcher', page)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Activity' }).click()
  await heading('Activity')
  await visit('activity', page)
  await back()

  await page.getByRole('button', { name: 'Settings' }).click()
  await heading('Settings')
  await visit('settings', page)
  const kept = page.getByRole('article', { name: 'Credentials for shop.test' })
  await kept.getByText('In the password store', { exact: true }).waitFor()
  await kept.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('heading', { name: 'DNS credentials' }).evaluate((heading) => heading.scrollIntoView())
  await visit('kept-credentials', page)
  await kept.getByRole('button', { name: 'Cancel' }).click()
  await back()
  await page.getByRole('button', { name: 'Add a domain' }).click()
  await heading('Add domains')
  await page.getByLabel('Domain names', { exact: true }).fill('b\u00fccher.example\nshop.example\nnews.example')
  await visit('add-domain', page)
  await back()
  await page.keyboard.press('?')
  await heading('Keyboard shortcuts')
  await visit('shortcuts', page)
  await back()

  const up = sandbox.faults.add({ fault: { kind: 'drop' } })
  await page.getByRole('button', { name: 'Check now' }).click()
  await page.getByRole('heading', { name: 'Cannot reach the service' }).waitFor()
  await visit('server-down', page)
  up()
}
