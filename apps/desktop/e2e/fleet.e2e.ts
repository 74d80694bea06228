import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { connect, copiedBy } from './harness/steps.ts'
import { until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('many domains', () => {
  let sandbox: Sandbox
  let client: DmarcReportClient
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    const mx = { preference: 10, exchange: 'mx1.agency.test' }
    sandbox.zone('agency.test').setRrsets('news.agency.test', [{ type: 'MX', ttl: 300, data: [mx] }])
    app = await launch()
    const page = await app.window()
    await connect(page, sandbox)
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  it('are added at once from a pasted list, with their mail hosts looked up', async () => {
    const page = await app.window()
    await page.getByRole('button', { name: 'Add a domain' }).first().click()
    await page
      .getByLabel('Domain names', { exact: true })
      .fill('domain;note\nexample.test;first\nshop.test\nnews.agency.test')
    await page.getByText('Host the MTA-STS policy').click()
    const hosts = page.getByRole('list', { name: 'Mail hosts' })
    await hosts.getByText('mx1.agency.test').waitFor()
    await page.getByRole('button', { name: 'Add 3 domains' }).click()
    await page.getByRole('heading', { name: '3 domains added' }).waitFor()
    const added = await client.domains.list().all()
    expect(added.map(({ address }) => address).sort()).toEqual(['example.test', 'news.agency.test', 'shop.test'])
    expect(added.find(({ address }) => address === 'news.agency.test')?.mta_sts_policy?.mx).toBe('mx1.agency.test')
    await page.getByRole('button', { name: 'Close' }).click()
  })

  it('are tagged together, and exported as CSV', async () => {
    const page = await app.window()
    await page.getByRole('button', { name: 'Select several' }).click()
    for (const name of ['news.agency.test', 'shop.test'])
      await page.getByRole('option', { name: new RegExp(`^${name}`) }).click()
    await page.getByRole('button', { name: 'Tag\u2026' }).click()
    await page.getByLabel('New tag').fill('Clients')
    await page.getByRole('button', { name: 'Save tags' }).click()
    await page.getByRole('form', { name: 'Tags' }).waitFor({ state: 'detached' })
    const tagged = (await client.domains.list().all()).filter(({ tags }) => tags.some(({ name }) => name === 'Clients'))
    expect(tagged).toHaveLength(2)

    const file = join(app.userData, 'export.csv')
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, file)
    await page.getByRole('button', { name: 'Export CSV\u2026' }).click()
    await until(() => {
      try {
        return readFileSync(file, 'utf8').includes('shop.test')
      } catch {
        return false
      }
    }, 'the file is there')
    expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(4)
    await page.getByRole('button', { name: 'Cancel' }).click()
  })

  it('are found by a few letters, and have a menu of their own', async () => {
    const page = await app.window()
    await page.keyboard.press('Control+k')
    await page.getByRole('searchbox', { name: 'Go to' }).fill('shop')
    await page.getByRole('menuitem', { name: /^shop.test/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'shop.test' }).waitFor()
    const diagnosis = await copiedBy(app, page.getByRole('button', { name: 'Copy diagnosis' }))
    expect(diagnosis).toMatch(
      /Mail records of shop\.test[\s\S]*_dmarc\.shop\.test[\s\S]*dmarc-watch:\/\/domain\/shop\.test/,
    )
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('option', { name: /^news.agency.test/ }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Delete\u2026' }).click()
    await page.getByRole('region', { name: 'Delete news.agency.test?' }).getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('option', { name: /^shop.test/ }).waitFor()
    await until(async () => (await client.domains.list().all()).length === 2, 'the service has deleted it')
  })

  it('are shown in German when that is chosen', async () => {
    const page = await app.window()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByText('Deutsch', { exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor()
    await page.getByRole('button', { name: 'Zur\u00fcck' }).click()
    await page.getByRole('heading', { level: 1, name: /Domains brauchen Sie/ }).waitFor()
  })
})
