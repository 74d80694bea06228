import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'
import { root } from '../lib/bootstrap.mjs'

/** Whether a window can be shown: always on macOS and Windows; elsewhere when an X or Wayland display is named. */
export function hasDisplay(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** What the app reads from the file named by `--sandbox-info`: how to reach a sandbox that is running already. */
function sandboxInfo({ apiUrl, token, accountId, customerZones, dns, tsig, stubZones }: Sandbox) {
  return { apiUrl, token, accountId, customerZones, dns, tsig, stubZones }
}

/**
 * Opens DMARC Watch on the sandbox, building it first when its sources are newer. The sandbox's token and key go by a file
 * that only this user can read, never by the command line. `close()` ends the app and removes the file.
 */
export async function openApp(sandbox: Sandbox, say: (line: string) => void): Promise<{ close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'dmarc-watch-'))
  const file = join(folder, 'sandbox.json')
  await writeFile(file, JSON.stringify(sandboxInfo(sandbox)), { mode: 0o600 })
  const script = join(root, 'apps', 'desktop', 'scripts', 'start-app.ts')
  const app = spawn(process.execPath, [script, `--sandbox-info=${file}`], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = lastWords(app).then(({ code, words }) => {
    if (code) say(`DMARC Watch ended with exit code ${code}; npm run desktop starts it alone. ${words}`.trim())
  })
  return {
    async close() {
      app.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function lastWords(app: ChildProcess): Promise<{ code: number | null; words: string }> {
  let words = ''
  app.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-400)
  })
  return new Promise((resolve) => {
    app.once('error', (error) => resolve({ code: 1, words: error.message }))
    app.once('close', (code) => resolve({ code, words: words.trim().split('\n').at(-1) ?? '' }))
  })
}
