import { describe, expect, it } from 'vitest'
import { findTrayHost, type RunProgram } from './tray-host.ts'

const answering = (answers: Readonly<Record<string, string>>): RunProgram & { asked: string[] } => {
  const asked: string[] = []
  const run = async (program: string, args: readonly string[]) => {
    const line = [program, ...args].join(' ')
    asked.push(line)
    const found = Object.entries(answers).find(([part]) => line.includes(part))
    if (!line.startsWith('gdbus') || !found) throw new Error('spawn ENOENT')
    return found[1]
  }
  return Object.assign(run, { asked })
}

describe('whether there is a tray', () => {
  it('is yes on macOS and Windows, without asking', async () => {
    const run = answering({})
    expect([await findTrayHost('darwin', run), await findTrayHost('win32', run), run.asked]).toEqual([true, true, []])
  })

  it('is yes on Linux where a panel shows icons', async () => {
    expect(await findTrayHost('linux', answering({ NameHasOwner: '(true,)', 'Properties.Get': '(<true>,)' }))).toBe(
      true,
    )
  })

  it('is no where the session has no watcher, which is then not started', async () => {
    const run = answering({ NameHasOwner: '(false,)' })
    expect(await findTrayHost('linux', run)).toBe(false)
    expect(run.asked).toHaveLength(1)
  })

  it('is no where the watcher has no panel', async () => {
    const run = answering({ NameHasOwner: '(true,)', 'Properties.Get': '(<false>,)' })
    expect(await findTrayHost('linux', run)).toBe(false)
  })

  it('is no where the session bus cannot be asked', async () => {
    const run = answering({})
    expect(await findTrayHost('linux', run)).toBe(false)
    expect(run.asked.map((line) => line.split(' ')[0])).toEqual(['gdbus', 'busctl'])
  })

  it('asks busctl for the same where there is no gdbus', async () => {
    const run: RunProgram = async (program, args) => {
      if (program !== 'busctl') throw new Error('spawn ENOENT')
      if (args.includes('NameHasOwner')) {
        expect(args).toEqual([
          ...['--user', 'call', 'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus'],
          ...['NameHasOwner', 's', 'org.kde.StatusNotifierWatcher'],
        ])
        return 'b true\n'
      }
      return 'v b true\n'
    }
    expect(await findTrayHost('linux', run)).toBe(true)
  })
})
