import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'

describe.skipIf(!hasSession)('the page is shut in', () => {
  let app: LaunchedApp
  let outside: Outside
  beforeAll(async () => {
    outside = await listen()
    app = await launch()
    await app.window()
  })
  // Its attempts below are logged by the page as errors, so the usual check of its log does not apply.
  afterAll(async () => {
    await app.dispose().catch(() => {})
    await outside.close()
  })

  // Not through Playwright's own evaluation, which the content policy does not concern.
  const inPage = <T>(work: string): Promise<T> =>
    app.electron.evaluate(
      ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
      work,
    )

  it('with the sandbox, context isolation and no Node', async () => {
    const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Electron.WebPreferences
      }
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences()
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag }
    })
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    })
    expect(await inPage('[typeof require, typeof process, typeof module, typeof ipcRenderer]')).toEqual(
      Array(4).fill('undefined'),
    )
  })

  it('without a spell checker, whose dictionaries come from Google: a start requests nothing of anybody', async () => {
    expect(await app.electron.evaluate(({ session }) => session.defaultSession.isSpellCheckerEnabled())).toBe(false)
    const folder = mkdtempSync(join(tmpdir(), 'net-log-'))
    const file = join(folder, 'net-log.json')
    const other = await launch({ args: [`--log-net-log=${file}`] })
    await other.window()
    await other.dispose()
    const requested = [...readFileSync(file, 'utf8').matchAll(/"url":"(https?:[^"]+)"/g)].map(([, url]) => url)
    rmSync(folder, { recursive: true })
    expect(requested).toEqual([])
  })

  it('no text becomes code by way of the document', async () => {
    expect(
      await inPage('Promise.resolve().then(() => { document.body.innerHTML = "<b>x</b>" }).catch((e) => e.name)'),
    ).toBe('TypeError')
  })

  it('has two functions, and requests of the contract only', async () => {
    expect(await inPage('Object.keys(window.dmarcWatch)')).toEqual(['request', 'listen'])
    expect(await inPage('window.dmarcWatch.request("anything else").then(JSON.parse)')).toMatchObject({
      ok: false,
      problem: { code: 'bad-request' },
    })
  })

  it.each([
    ['fetch', 'fetch(URL).catch(() => {})'],
    [
      'a socket',
      'new Promise((r) => { try { const s = new WebSocket(URL.replace("http", "ws")); s.onopen = s.onerror = () => r() } catch { r() } })',
    ],
    ['an image', 'new Promise((r) => { const i = new Image(); i.onload = i.onerror = () => r(); i.src = URL })'],
    [
      'a frame',
      'new Promise((r) => { const f = document.createElement("iframe"); f.src = URL; document.body.append(f); setTimeout(r, 300) })',
    ],
    [
      'a style',
      'new Promise((r) => { const l = document.createElement("link"); l.rel = "stylesheet"; l.href = URL; l.onload = l.onerror = () => r(); document.head.append(l) })',
    ],
    ['a beacon', 'new Promise((r) => { navigator.sendBeacon(URL, "x"); setTimeout(r, 300) })'],
    [
      'a form',
      'new Promise((r) => { const f = document.createElement("form"); f.action = URL; document.body.append(f); f.submit(); setTimeout(r, 300) })',
    ],
    ['leaving the page', 'new Promise((r) => { location.href = URL; setTimeout(r, 300) })'],
    ['a new window', 'new Promise((r) => { window.open(URL); setTimeout(r, 300) })'],
  ])('no network by %s', async (_what, attempt) => {
    await inPage(attempt.replaceAll('URL', JSON.stringify(outside.url)).concat('.then(() => 0)'))
    expect(outside.visits).toEqual([])
    expect(app.electron.windows()).toHaveLength(1)
    expect(await inPage('location.href')).toMatch(/^dmarc-watch-page:/)
  })

  it('no script or style that is not its own', async () => {
    expect(
      await inPage(
        'new Promise((r) => { const s = document.createElement("script"); try { s.textContent = "window.broken = 1"; document.body.append(s) } catch {} setTimeout(() => r(window.broken ?? "held"), 50) })',
      ),
    ).toBe('held')
    expect(
      await inPage(
        'new Promise((r) => { try { setTimeout("window.evaluated = 1") } catch {} setTimeout(() => r(window.evaluated ?? "held"), 50) })',
      ),
    ).toBe('held')
  })

  it('no permissions', async () => {
    expect(await inPage('Notification.requestPermission()')).toBe('denied')
    expect(
      await inPage('navigator.mediaDevices.getUserMedia({ audio: true }).then(() => "granted", () => "denied")'),
    ).toBe('denied')
    expect(await inPage('navigator.permissions.query({ name: "geolocation" }).then((p) => p.state)')).toBe('denied')
  })

  it('arguments are checked on the other side', async () => {
    expect(
      await inPage('window.dmarcWatch.request("startApply", { keys: ["nobody"] }).then(JSON.parse)'),
    ).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    })
    expect(
      await inPage(
        'window.dmarcWatch.request("openInBrowser", { key: "x", what: "file:///etc/passwd" }).then(JSON.parse)',
      ),
    ).toMatchObject({
      ok: false,
      problem: { code: 'bad-request' },
    })
    expect(await inPage('window.dmarcWatch.request("copyText", { text: 7 }).then(JSON.parse)')).toMatchObject({
      ok: false,
      problem: { code: 'bad-request' },
    })
  })
})

interface Outside {
  readonly url: string
  /** Who came, each as "METHOD path". */
  readonly visits: readonly string[]
  close(): Promise<void>
}

/** A server that welcomes everybody, to see whether anybody comes. */
async function listen(): Promise<Outside> {
  const visits: string[] = []
  const server = createServer((request, response) => {
    visits.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end()
  })
  server.on('upgrade', (request, socket) => {
    visits.push(`upgrade ${request.url}`)
    socket.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    visits,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
