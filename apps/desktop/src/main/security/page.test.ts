import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentPolicy, pageOrigin, pageUrl, servePage } from './page.ts'

let folder: string
beforeAll(() => {
  const root = mkdtempSync(join(tmpdir(), 'page-'))
  folder = join(root, 'page')
  mkdirSync(folder)
  writeFileSync(join(folder, 'index.html'), '<p>hello')
  writeFileSync(join(folder, 'notes.txt'), 'private')
  writeFileSync(join(root, 'secret.js'), 'secret')
})
afterAll(() => rmSync(join(folder, '..'), { recursive: true }))

const get = (url: string, method = 'GET') => servePage(folder, { url, method })

describe('the page', () => {
  it('is served with its type and the strict policy', async () => {
    const response = await get(pageUrl)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(response.headers.get('content-security-policy')).toBe(contentPolicy)
    expect(await response.text()).toBe('<p>hello')
  })

  it.each([
    `${pageOrigin}/../secret.js`,
    `${pageOrigin}/%2e%2e/secret.js`,
    `${pageOrigin}/..%2fsecret.js`,
    `${pageOrigin}/notes.txt`,
    `${pageOrigin}/missing.js`,
    'dmarc-watch-page://other/index.html',
  ])('does not serve %s', async (url) => {
    expect((await get(url)).status).toBe(404)
  })

  it('takes nothing but GET', async () => {
    expect((await get(pageUrl, 'POST')).status).toBe(404)
  })

  it('its policy has no way around', () => {
    expect(contentPolicy).not.toMatch(/unsafe|\*|https?:|data:|blob:/)
    expect(contentPolicy).toContain("connect-src 'none'")
  })
})
