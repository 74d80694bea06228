import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { findProgram } from '../../test-support/programs.ts'
import { cachedFolder, peersFolder } from './cache.ts'
import { type Peer, runInstaller, unlessUnreachable } from './installing.ts'

/**
 * Packages of PyPI in a virtual environment of their own. `packages` gives exact versions, dependencies included where
 * their version matters. `python` is the interpreter of the environment, `bin` the folder of its programs.
 */
export async function pythonPeer(packages: Record<string, string>): Promise<Peer<{ python: string; bin: string }>> {
  const python = findProgram('python3')
  if (!python) return { available: false, why: 'python3 is not installed' }
  const wanted = Object.entries(packages).map(([name, version]) => `${name}==${version}`)
  const [name = 'python'] = Object.keys(packages)
  return await unlessUnreachable('PyPI', async () => {
    // The interpreter is part of the key: an environment does not outlive a change of Python.
    const release = await runInstaller(python, ['-c', 'import sys; print(sys.version)'])
    const key = createHash('sha256')
      .update([release, ...wanted].join('\n'))
      .digest('hex')
      .slice(0, 12)
    const folder = await cachedFolder(join('python', `${name}-${key}`), async (fresh) => {
      await runInstaller(python, ['-m', 'venv', fresh])
      const options = ['--disable-pip-version-check', '--no-input', '--quiet']
      const cache = { PIP_CACHE_DIR: join(peersFolder, 'pip') }
      await runInstaller(join(fresh, 'bin', 'python'), ['-m', 'pip', 'install', ...options, ...wanted], cache)
    })
    return { python: join(folder, 'bin', 'python'), bin: join(folder, 'bin') }
  })
}
