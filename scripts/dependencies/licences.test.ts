import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../lib/bootstrap.mjs'

interface LockedPackage {
  readonly license?: string
  readonly dev?: boolean
  readonly link?: boolean
}

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>
}

/** Licences that allow use in a program under the MIT licence without conditions beyond keeping the notice. */
const permissive =
  /^\(?(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|Unlicense|Python-2\.0|MIT-0|WTFPL)\b/

describe('the licences of what is installed with our packages', () => {
  const installed = Object.entries(packages).filter(
    ([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link,
  )

  it('are permissive', () => {
    expect(installed.length).toBeGreaterThan(100)
    const others = installed
      .map(([path, { license = 'none' }]) => [path.split('node_modules/').at(-1) ?? path, license] as const)
      .filter(([, license]) => !permissive.test(license))
    expect([...new Set(others.map((each) => each.join(': ')))]).toEqual([])
  })
})
