import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

export const release: string = resolve(import.meta.dirname, '../../release')

/** Packs as `npm run package` does, into `release`. */
export function pack(target: string, env: Record<string, string> = {}): void {
  const script = resolve(import.meta.dirname, '../../scripts/package.ts')
  const { status, stderr } = spawnSync(process.execPath, ['--conditions=@dmarc-as-code/source', script, target], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`packing ${target} failed: ${stderr}`)
}
