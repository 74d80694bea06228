import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect } from './harness/steps.ts'

describe.skipIf(!hasSession)('with two services', () => {
  let first: Sandbox
  let second: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    first = await createSandbox()
    second = await createSandbox()
    app = await launch()
    const page = await app.window()
    await connect(page, first)
    await addDomain(page, 'example.test')
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Add a connection' }).click()
    await connect(page, second)
    await page
      .getByRole('article', { name: hostOf(second) })
      .getByText('Connected')
      .waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
  })
  afterAll(async () => {
    await app.dispose()
    await first.close()
    await second.close()
  })

  const hostOf = ({ apiUrl }: Sandbox) => new URL(apiUrl).host

  it('a domain goes to the account that was chosen, and the list shows both or one', async () => {
    const page = await app.window()
    await page.getByRole('button', { name: 'Add a domain' }).first().click()
    await page.getByLabel('Domain names', { exact: true }).fill('shop.test')
    await page.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('menuitemradio', { name: hostOf(second) }).click()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('heading', { name: 'shop.test', level: 1 }).waitFor()
    await page
      .getByText(`Sandbox · ${hostOf(second)}`)
      .and(page.getByRole('paragraph'))
      .waitFor()
    await page.getByRole('button', { name: 'Back' }).click()

    const rows = page.getByRole('listbox', { name: 'Domains' }).getByRole('option')
    await rows.nth(1).waitFor()
    expect(await rows.count()).toBe(2)
    await page.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('menuitemradio', { name: new RegExp(`· ${hostOf(second)}`) }).click()
    await page.getByRole('option', { name: /^example.test/ }).waitFor({ state: 'detached' })
    expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('shop.test')])
  })

  it('one that fails is named, and hides nothing of the other; removed, it takes only its own domains along', async () => {
    const page = await app.window()
    const up = second.faults.add({ fault: { kind: 'drop' } })
    await page.getByRole('button', { name: 'Check now' }).click()
    await page.getByRole('heading', { name: 'Cannot reach the service' }).waitFor()
    await page.getByText(hostOf(second), { exact: true }).waitFor()
    up()
    await page.getByRole('button', { name: 'Settings' }).click()
    const card = page.getByRole('article', { name: hostOf(second) })
    await card.getByRole('button', { name: 'Remove', exact: true }).click()
    await card.getByRole('button', { name: /^Remove / }).click()
    await card.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('option', { name: /^example.test/ }).waitFor()
    expect(await page.getByRole('option', { name: /^shop.test/ }).count()).toBe(0)
  })
})
