import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './bootstrap.mjs'
import { filesToRunAgain } from './run-again.ts'

describe('filesToRunAgain', () => {
  it('puts the files under the folders of their packages', () => {
    const dns = join(root, 'packages/dns')
    const desktop = join(root, 'apps/desktop')
    const files = [join(dns, 'src/cli/main.test.ts'), join(desktop, 'e2e/act.e2e.ts'), join(dns, 'test/undo.test.ts')]
    expect(filesToRunAgain(files)).toEqual(
      new Map([
        [dns, [files[0], files[2]]],
        [desktop, [files[1]]],
      ]),
    )
  })

  it('runs nothing again when many files failed: that is no accident of a busy machine', () => {
    const files = Array.from({ length: 7 }, (_, index) => join(root, `packages/dns/src/${index}.test.ts`))
    expect(filesToRunAgain(files).size).toBe(0)
  })
})
