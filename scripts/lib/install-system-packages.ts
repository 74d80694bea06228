import { spawnSync } from 'node:child_process'
import { findProgram } from '../../test-support/programs.ts'
import { systemPackages } from '../system-packages.mjs'

const APT_TIMEOUT_MS = 15 * 60_000

/**
 * Installs the Debian packages the tests use, where that is allowed: on Debian or Ubuntu, as root or with passwordless
 * sudo. Answers the packages that are still missing; their tests are then reported as skipped by name.
 */
export function installSystemPackages(log: (line: string) => void): string[] {
  const names = Object.keys(systemPackages)
  if (!findProgram('dpkg-query') || !findProgram('apt-get')) return names
  const missing = missingPackages(names)
  if (missing.length === 0) return []
  const prefix = privilegePrefix()
  if (!prefix) return missing
  log(`Installing Debian packages the tests use: ${missing.join(' ')}`)
  aptGet(prefix, ['update', '-qq'])
  const options = ['install', '-y', '-qq', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0']
  if (!aptGet(prefix, [...options, ...missing])) {
    // One name this release does not have would stop them all: try each by itself.
    for (const name of missing) aptGet(prefix, [...options, name])
  }
  return missingPackages(names)
}

function missingPackages(names: string[]): string[] {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const result = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Abbrev}\n', ...names], {
    encoding: 'utf8',
  })
  const installed = new Set(
    result.stdout
      .split('\n')
      .filter((line) => line.includes(' ii'))
      .map((line) => line.split(' ')[0]),
  )
  return names.filter((name) => !installed.has(name))
}

/** What to put before a command to run it as root, or undefined when that would need a password. */
function privilegePrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return []
  if (findProgram('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0) return ['sudo', '-n']
  return undefined
}

function aptGet(prefix: string[], args: string[]): boolean {
  const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args] as [
    string,
    ...string[],
  ]
  const result = spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], timeout: APT_TIMEOUT_MS })
  return result.status === 0
}
