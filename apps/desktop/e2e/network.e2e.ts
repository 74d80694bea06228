import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { selfSigned } from './harness/self-signed.ts'
import { connectProxy, type Listening, tlsFront } from './harness/tls-front.ts'
import { until } from './harness/wait-until.ts'

const name = 'dmarc.corp.example'

describe.skipIf(!hasSession || !hasPrograms('openssl'))('a server inside an organization', () => {
  let sandbox: Sandbox
  let front: Listening
  let proxy: Awaited<ReturnType<typeof connectProxy>>
  let folder: string
  let caFile: string
  let app: LaunchedApp | undefined
  beforeAll(async () => {
    sandbox = await createSandbox()
    const pem = selfSigned(`IP:127.0.0.1,DNS:${name}`)
    front = await tlsFront(sandbox.apiUrl, pem)
    proxy = await connectProxy(front.port)
    folder = mkdtempSync(join(tmpdir(), 'ca-'))
    caFile = join(folder, 'ca.pem')
    writeFileSync(caFile, pem.slice(pem.indexOf('-----BEGIN CERTIFICATE')))
  })
  afterAll(async () => {
    await app?.dispose()
    await proxy.close()
    await front.close()
    await sandbox.close()
    rmSync(folder, { recursive: true })
  })

  const connectTo = async (page: Page, address: string) => {
    await page.getByText('Self-hosted server', { exact: true }).click()
    await page.getByLabel('Address').fill(address)
    await page.getByLabel('API token').fill(sandbox.token)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
  }
  const trust = async (page: Page, path: string) => {
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByLabel('CA file').fill(path)
    await page.getByRole('button', { name: 'Save CA file' }).click()
  }

  it('with a private certificate authority says so, and is reached with its CA file', async () => {
    app = await launch()
    const page = await app.window()
    await connectTo(page, `https://127.0.0.1:${front.port}`)
    await page.getByRole('heading', { name: 'The connection is not secure' }).waitFor()
    await page.getByText(/not signed by an authority that this computer trusts/).waitFor()

    await trust(page, join(folder, 'missing.pem'))
    await page.getByText(/missing\.pem cannot be read \(ENOENT\)/).waitFor()
    await page.getByLabel('CA file').fill(caFile)
    await page.getByRole('button', { name: 'Save CA file' }).click()
    await page.getByRole('button', { name: 'Save CA file' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Back' }).click()
    await connectTo(page, `https://127.0.0.1:${front.port}`)
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
    expect(proxy.asked).toEqual([])
    await app.dispose()
    app = undefined
  })

  it.each([
    ['the certificates of the system', false],
    ['a CA file', true],
  ])('is reached through the proxy of the environment with %s', async (_what, withCaFile) => {
    app = await launch({ env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '' } })
    const page = await app.window()
    if (withCaFile) {
      await trust(page, caFile)
      await page.getByRole('button', { name: 'Save CA file' }).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Back' }).click()
    }
    const before = proxy.asked.length
    await connectTo(page, `https://${name}`)
    if (withCaFile) await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
    // The system does not know the authority; that the proxy was used shows all the same.
    else await page.getByRole('heading', { name: 'The connection is not secure' }).waitFor()
    await until(() => proxy.asked.length > before, 'the proxy is asked')
    expect(proxy.asked.at(-1)).toBe(`${name}:443`)
    await app.dispose()
    app = undefined
  })
})
