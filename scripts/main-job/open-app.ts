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
export async function openApp(sandbox: Sandbox, print: (line: string) => void): Promise<{ close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'dmarc-watch-'))
  const file = join(folder, 'sandbox.json')
  await writeFile(file, JSON.stringify(sandboxInfo(sandbox)), { mode: 0o600 })
  const script = join(root, 'apps', 'desktop', 'scripts', 'start-app.ts')
  const app = spawn(process.execPath, [script, `--sandbox-info=${file}`], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = lastErrorLine(app).then(({ code, line }) => {
    if (code)
      print(`DMARC Watch exited with code ${code}. Run \`npm run desktop\` to start it by itself. ${line}`.trim())
  })
  return {
    async close() {
      app.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function lastErrorLine(app: ChildProcess): Promise<{ code: number | null; line: string }> {
  let text = ''
  app.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-400)
  })
  return new Promise((resolve) => {
    app.once('error', (error) => resolve({ code: 1, line: error.message }))
    app.once('close', (code) => resolve({ code, line: text.trim().split('\n').at(-1) ?? '' }))
  })
}
