import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { findingCatalogue } from '@dmarc-as-code/records'
import { reasonSubjects, reasonsOf } from '@dmarc-as-code/records/reasons'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgram } from '../../test-support/programs.ts'
import { serveFolder } from './serve-folder.ts'

const run = promisify(execFile)
const docs = join(import.meta.dirname, '..')
let site: string
let pages: Map<string, string>

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'docs-site-'))
  const conditions = ['--conditions=@dmarc-as-code/source', '--disable-warning=ExperimentalWarning']
  await run(process.execPath, [...conditions, join(docs, 'src/main.ts')])
  const vitepress = join(dirname(createRequire(import.meta.url).resolve('vitepress/package.json')), 'bin/vitepress.js')
  // Fails on links to pages that are not there.
  await run(process.execPath, [vitepress, 'build', docs, '--outDir', site], { env: { ...process.env, DOCS_BASE: '/' } })
  const files = (await readdir(site, { recursive: true })).filter((file) => file.endsWith('.html'))
  pages = new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(site, file), 'utf8')] as const)),
  )
}, 180_000)
afterAll(() => rm(site, { recursive: true, force: true }))

describe('the site', () => {
  it('has only links to pages and headings that exist', () => {
    const missing: string[] = []
    for (const [file, html] of pages) {
      for (const [, link = ''] of html.matchAll(/<a [^>]*?href="(\/[^"]*|#[^"]*)"/g)) {
        const [path = '', anchor] = link.split('#')
        const target = path === '' ? file : `${path.slice(1).replace(/\/$/, '/index') || 'index'}.html`
        const page = pages.get(target) ?? pages.get(target.replace(/\.html$/, '/index.html'))
        if (page === undefined && !/\.(css|js|svg|png|json)$/.test(path)) missing.push(`${file}: ${link}`)
        if (anchor && page !== undefined && !page.includes(`id="${decodeURIComponent(anchor)}"`))
          missing.push(`${file}: ${link}`)
      }
    }
    expect(missing).toEqual([])
  })

  it('has a section for every operation of the API, and for every schema that one names', () => {
    const index = pages.get('reference/http-api/index.html') ?? ''
    const operations = [...index.matchAll(/href="\/(reference\/http-api\/[a-z-]+)#(\w+)"/g)]
    expect(operations.length).toBeGreaterThan(40)
    for (const [, page, operation] of operations)
      expect(pages.get(`${page}.html`), operation).toContain(`id="${operation}"`)
    expect(pages.get('reference/http-api/schemas.html')).toContain('id="Domain"')
  })

  it('has a section for what packages export, with the words of its comment', () => {
    const index = pages.get('reference/types/index.html') ?? ''
    const listed = [...index.matchAll(/href="\/(reference\/types\/[a-z][a-z/-]*)"/g)].map(([, page]) => page)
    expect(listed).toEqual(expect.arrayContaining(['reference/types/client', 'reference/types/dns/verify']))
    for (const page of listed) expect(pages.get(`${page}.html`), page).toContain('<h2')
    const records = pages.get('reference/types/records.html') ?? ''
    expect(records).toContain('id="comparedmarc"')
    expect(records).not.toContain('&lt;a id=')
  })

  it('has a section for every code', () => {
    for (const subject of reasonSubjects) {
      const page = pages.get(`codes/${subject.replaceAll('_', '-')}.html`)
      for (const code of reasonsOf(subject)) expect(page, `${subject} ${code}`).toContain(`id="${code}"`)
    }
    for (const code of Object.keys(findingCatalogue)) expect(pages.get('codes/findings.html')).toContain(`id="${code}"`)
  })
})

const executablePath = findProgram('chromium')

describe.skipIf(executablePath === undefined)('the site in a browser', { timeout: 60_000 }, () => {
  let browser: Browser
  let served: Awaited<ReturnType<typeof serveFolder>>
  beforeAll(async () => {
    served = await serveFolder(site)
    browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  async function open(path: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
    const page = await browser.newPage(options)
    await page.goto(served.url + path, { waitUntil: 'networkidle' })
    return page
  }

  it('finds a code by the search', async () => {
    const page = await open('/')
    await page.locator('.DocSearch-Button').click()
    await page.fill('.search-input', 'wrong-target')
    await page.locator('.results a').first().click()
    await page.waitForURL(/\/codes\//)
    await page.locator('h1', { hasText: 'CNAMEs' }).waitFor()
    await page.close()
  })

  it('follows the system into dark mode', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open('/guides/mta-sts', { colorScheme })
      expect(await page.evaluate<boolean>("document.documentElement.classList.contains('dark')")).toBe(
        colorScheme === 'dark',
      )
      await page.close()
    }
  })

  it('fits a phone without scrolling sideways', async () => {
    for (const path of ['/', '/for/platform-engineers', '/reference/dns', '/codes/cname']) {
      const page = await open(path, { viewport: { width: 360, height: 740 } })
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(360)
      await page.close()
    }
  })

  it.each(['light', 'dark'] as const)('has no fault that axe finds, %s', async (colorScheme) => {
    const axe = createRequire(import.meta.url).resolve('axe-core')
    for (const path of ['/', '/guides/none-to-reject', '/codes/policy-file']) {
      const page = await open(path, { colorScheme })
      await page.addScriptTag({ path: axe })
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
        }
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
      })
      expect(violations, path).toEqual([])
      await page.close()
    }
  })
})
