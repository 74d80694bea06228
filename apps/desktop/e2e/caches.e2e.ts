import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { type Between, between } from './harness/rewriting-proxy.ts'
import { addDomain, connect, enterTsigKey } from './harness/steps.ts'
import { patienceForLooks, until } from './harness/wait-until.ts'

/** The service asks no resolvers in a sandbox; what stands between says what it would have seen there. */
describe.skipIf(!hasSession)('while caches are in the way', () => {
  let sandbox: Sandbox
  let service: Between
  let app: LaunchedApp
  let page: Page
  let visibleBy: string | undefined
  beforeAll(async () => {
    sandbox = await createSandbox()
    service = await between(sandbox.apiUrl, (object) => {
      const lags = visibleBy !== undefined && object.name === '_dmarc.example.test' && object.status === 'verified'
      if (!lags) return object
      // Only a look has evidence; a list gives the reason alone.
      return { ...object, reason: 'cached-negative', ...('asked' in object ? { visible_by: visibleBy } : {}) }
    })
    app = await launch()
    page = await app.window()
    await connect(page, { ...sandbox, apiUrl: service.url })
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
  })
  afterAll(async () => {
    await app.dispose()
    await service.close()
    await sandbox.close()
  })

  const card = () => page.getByRole('rowgroup', { name: 'DMARC policy' })

  it('a record that is in place says until when, in the card, and counts as ready', async () => {
    visibleBy = new Date(Date.now() + 3 * 3_600_000).toISOString()
    await addDomain(page, 'example.test')
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    await enterTsigKey(page, sandbox)
    await page.getByRole('button', { name: 'Apply 1 record' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('option', { name: /^example.test *Ready/ }).click()
    await card().getByRole('button', { name: 'DMARC policy' }).click()
    await card().getByText('Some resolvers still remember that there was no such record.').waitFor()
    const words = await card().getByText('Visible everywhere').innerText()
    expect(words).toBe('Visible everywhere in 3 hours, when cached answers have expired.')
  })

  it('what was seen stays while the list says the same, also over a new start', async () => {
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Check now' }).click()
    await app.close()
    app = await launch({ userData: app.userData })
    page = await app.window()
    await page.getByRole('option', { name: /^example.test *Ready/ }).click()
    await card().getByRole('button', { name: 'DMARC policy' }).click()
    await card().getByText('Visible everywhere in 3 hours').waitFor()
  })

  it('the words are gone once the caches have let go', async () => {
    visibleBy = undefined
    await until(
      async () => {
        // The service looks at a domain every ten seconds at most.
        await page.getByRole('button', { name: 'Verify now' }).click()
        return !(await card().getByText('Visible everywhere').isVisible())
      },
      'the caches are forgotten',
      patienceForLooks,
    )
    await card().getByText('is in place and verified.').waitFor()
  })
})
