import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'

describe.skipIf(!hasSession)('the page is shut in', () => {
  let app: LaunchedApp
  beforeAll(async () => {
    app = await launch()
    await app.window()
  })
  // Its attempts below are logged by the page as errors, so the usual check of its log does not apply.
  afterAll(() => app.dispose().catch(() => {}))

  // Not through Playwright's own evaluation, which the content policy does not concern.
  const inPage = <T>(work: string): Promise<T> =>
    app.electron.evaluate(
      ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
      work,
    )

  test('with the sandbox, context isolation and no Node', async () => {
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

  test('has the functions of the contract and no other way out', async () => {
    const names = await inPage<string[]>('Object.keys(window.dmarcWatch)')
    expect(names).toContain('getState')
    expect(names.filter((name) => /ipc|send|invoke|token|secret/i.test(name))).toEqual(['replaceToken'])
  })

  test.each([
    ['fetch', 'fetch("https://example.com/").then(() => "out", () => "in")'],
    ['fetch on this computer', 'fetch("http://127.0.0.1:1/").then(() => "out", () => "in")'],
    [
      'a socket',
      'new Promise((r) => { try { const s = new WebSocket("wss://example.com/"); s.onopen = () => r("out"); s.onerror = () => r("in") } catch { r("in") } })',
    ],
    [
      'an image',
      'new Promise((r) => { const i = new Image(); i.onload = () => r("out"); i.onerror = () => r("in"); i.src = "https://example.com/x.png" })',
    ],
    [
      'a frame',
      'new Promise((r) => { const f = document.createElement("iframe"); f.src = "https://example.com/"; document.body.append(f); setTimeout(() => r(f.contentDocument ? "in" : "blocked"), 500) })',
    ],
    ['a beacon', 'navigator.sendBeacon("https://example.com/", "x") ? "queued" : "in"'],
  ])('no network by %s', async (_what, attempt) => {
    expect(await inPage(attempt)).not.toBe('out')
  })

  test('no script or style that is not its own', async () => {
    expect(
      await inPage(
        'new Promise((r) => { const s = document.createElement("script"); s.textContent = "window.broken = 1"; document.body.append(s); setTimeout(() => r(window.broken ?? "held"), 50) })',
      ),
    ).toBe('held')
    expect(
      await inPage(
        'new Promise((r) => { setTimeout("window.evaluated = 1"); setTimeout(() => r(window.evaluated ?? "held"), 50) })',
      ),
    ).toBe('held')
  })

  test('no navigation and no new windows', async () => {
    const address = () =>
      app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())
    const before = await address()
    await inPage('(location.href = "https://example.com/", 0)')
    await inPage('(window.open("https://example.com/"), 0)')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await address()).toBe(before)
    expect(app.electron.windows()).toHaveLength(1)
  })

  test('no permissions', async () => {
    expect(await inPage('Notification.requestPermission()')).toBe('denied')
    expect(
      await inPage('navigator.mediaDevices.getUserMedia({ audio: true }).then(() => "granted", () => "denied")'),
    ).toBe('denied')
    expect(await inPage('navigator.permissions.query({ name: "geolocation" }).then((p) => p.state)')).toBe('denied')
  })

  test('arguments are checked on the other side', async () => {
    expect(await inPage('window.dmarcWatch.startApply({ keys: ["nobody"] })')).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    })
    expect(await inPage('window.dmarcWatch.openInBrowser({ key: "x", what: "file:///etc/passwd" })')).toMatchObject({
      ok: false,
      problem: { code: 'bad-request' },
    })
    expect(await inPage('window.dmarcWatch.copyText({ text: 7 })')).toMatchObject({
      ok: false,
      problem: { code: 'bad-request' },
    })
  })
})
