import { execFile } from 'node:child_process'

const watcherName = 'org.kde.StatusNotifierWatcher'
const callTimeout = 2_000

/** Runs a program; rejects where there is none, or where it fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>

/** Two ways to ask the session bus; nearly every desktop has the first, and systemd brings the second. */
const ways = [
  {
    program: 'gdbus',
    args: (path: string, target: string, method: string, values: readonly string[]) => [
      ...['call', '--session', '--timeout', '2', '--dest', target, '--object-path', path, '--method', method],
      ...values,
    ],
  },
  {
    program: 'busctl',
    args: (path: string, target: string, method: string, values: readonly string[]) => {
      const [member = '', ...parts] = method.split('.').reverse()
      const interfaceName = parts.reverse().join('.')
      return ['--user', 'call', target, path, interfaceName, member, 's'.repeat(values.length), ...values]
    },
  },
] as const

/**
 * Whether the icon is in a tray. GNOME has none without an extension, and Electron does not tell. Other systems always have
 * one. Where nobody can be asked, the answer is no: an app that lives on unseen is worse than one that ends with its window.
 */
export async function findTrayHost(platform: NodeJS.Platform, run: RunProgram = runProgram): Promise<boolean> {
  if (platform !== 'linux') return true
  for (const { program, args } of ways) {
    try {
      const bus = args('/org/freedesktop/DBus', 'org.freedesktop.DBus', 'org.freedesktop.DBus.NameHasOwner', [
        watcherName,
      ])
      // Asked first: a call to the name itself could start a service.
      if (!/true/.test(await run(program, bus))) return false
      const property = [watcherName, 'IsStatusNotifierHostRegistered']
      const get = args('/StatusNotifierWatcher', watcherName, 'org.freedesktop.DBus.Properties.Get', property)
      return /true/.test(await run(program, get))
    } catch {
      // The program is missing, or there is no bus; the next one may do.
    }
  }
  return false
}

function runProgram(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: callTimeout }, (error, stdout) => (error ? reject(error) : resolve(stdout)))
  })
}
