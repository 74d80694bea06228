import type { Locator, Page } from 'playwright-core'
import type { LaunchedApp } from './app.ts'
import { until } from './wait-until.ts'

/** What people do in the app, as the tests say it. */

export interface Endpoint {
  readonly apiUrl: string
  readonly token: string
  readonly stubZones: readonly {
    readonly zone: string
    readonly servers: readonly { address: string; port?: number }[]
  }[]
}

export async function connect(page: Page, endpoint: Endpoint, token: string = endpoint.token): Promise<void> {
  await page.getByText('Self-hosted server', { exact: true }).click()
  await page.getByLabel('Address').fill(endpoint.apiUrl)
  await page.getByLabel('API token').fill(token)
  await page.getByRole('button', { name: 'Name servers for private zones' }).click()
  const lines = endpoint.stubZones.flatMap(({ zone, servers }) =>
    servers.map(({ address, port = 53 }) => `${zone}=${address}:${port}`),
  )
  await page.getByLabel('Zones and name servers').fill(lines.join('\n'))
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
}

export async function addDomain(page: Page, address: string, { mx }: { mx?: string } = {}): Promise<void> {
  await page.getByRole('button', { name: 'Add a domain' }).first().click()
  await page.getByLabel('Domain names', { exact: true }).fill(address)
  if (mx !== undefined) {
    await page.getByText('Host the MTA-STS policy').click()
    await page.getByLabel('Mail hosts').fill(mx)
  }
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('heading', { name: address, level: 1 }).waitFor()
}

export async function enterTsigKey(
  page: Page,
  { dns, tsig }: { dns: { address: string; port: number }; tsig: { name: string; secret: string } },
): Promise<void> {
  await page.getByLabel('Primary server').fill(dns.address)
  await page.getByLabel('Port').fill(String(dns.port))
  await page.getByLabel('Key name').fill(tsig.name)
  await page.getByLabel('Key (base64)').fill(tsig.secret)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** Undo that goes back to what protects less, or loses report addresses: it asks for a reason first. */
export async function undoWithReason(scope: Page | Locator): Promise<void> {
  await scope.getByRole('button', { name: 'Undo', exact: true }).click()
  await scope.getByRole('heading', { name: 'The protection would become weaker' }).waitFor()
  await scope.getByRole('textbox', { name: 'Reason' }).fill('The domain is about to be given up')
  await scope.getByRole('button', { name: 'Undo all the same' }).click()
}

/** Escape in the list closes the window; the icon stays. */
export async function closeWithEscape(page: Page): Promise<void> {
  const closed = page.waitForEvent('close')
  await page.getByRole('heading', { level: 1 }).first().focus()
  // The window may be gone before the key is let go.
  await page.keyboard.press('Escape').catch(() => {})
  await closed
}

/** What can be pasted elsewhere after a press on the button. */
export async function copiedBy({ electron }: LaunchedApp, button: Locator): Promise<string> {
  await electron.evaluate(({ clipboard }) => clipboard.clear())
  await button.click()
  let text = ''
  await until(async () => {
    text = await electron.evaluate(({ clipboard }) => clipboard.readText())
    return text !== ''
  }, 'something is copied')
  return text
}
