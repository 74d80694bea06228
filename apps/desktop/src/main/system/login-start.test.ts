import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { setLoginStart } from './login-start.ts'

it('on Linux, writes and removes an autostart entry that starts hidden', () => {
  const configFolder = mkdtempSync(join(tmpdir(), 'login-'))
  const path = join(configFolder, 'autostart/dmarc-watch.desktop')
  const options = {
    app: { setLoginItemSettings: () => {} },
    platform: 'linux',
    command: ['/opt/DMARC $Watch/app', '/srv/100%'],
    configFolder,
  } as const
  setLoginStart(true, options)
  expect(readFileSync(path, 'utf8')).toContain('Exec="/opt/DMARC \\\\$Watch/app" "/srv/100%%" --hidden')
  setLoginStart(false, options)
  setLoginStart(false, options)
  expect(existsSync(path)).toBe(false)
  rmSync(configFolder, { recursive: true })
})

it('elsewhere, asks the system', () => {
  const asked: unknown[] = []
  const app = { setLoginItemSettings: (settings: unknown) => void asked.push(settings) }
  setLoginStart(true, { app, platform: 'darwin', command: [], configFolder: '' })
  setLoginStart(false, { app, platform: 'win32', command: [], configFolder: '' })
  expect(asked).toEqual([{ openAtLogin: true }, { openAtLogin: false, args: ['--hidden'] }])
})
