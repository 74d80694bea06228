import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../src/index.ts'

const here = import.meta.dirname
const readme = readFileSync(join(here, '../README.md'), 'utf8')
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

describe('the README', () => {
  it('has code that compiles as it stands', () => {
    const folder = mkdtempSync(join(here, 'readme-'))
    try {
      const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code as string)
      expect(blocks.length).toBeGreaterThan(3)
      for (const [index, code] of blocks.entries()) writeFileSync(join(folder, `block${index}.ts`), code)
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          extends: '../../../../tsconfig.base.json',
          compilerOptions: { noEmit: true },
          include: ['*.ts'],
        }),
      )
      const result = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
      expect(result.stdout).toBe('')
      expect(result.status).toBe(0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('tells the limits as they are', () => {
    const MiB = 1024 * 1024
    expect(readme).toContain(
      `| packed input, a whole mail | ${defaultLimits.packedBytes / MiB} MiB, ${defaultLimits.mailBytes / MiB} MiB |`,
    )
    expect(readme).toContain(`| unpacked | ${defaultLimits.unpackedBytes / MiB} MiB |`)
    expect(readme).toContain(`| JSON of a TLS report | ${defaultLimits.jsonBytes / MiB} MiB |`)
    expect(readme).toContain(
      `| members of an archive, depth of archives | ${defaultLimits.members}, ${defaultLimits.archiveDepth} |`,
    )
    expect(readme).toContain(
      `| parts of a mail, depth of mails | ${defaultLimits.mailParts}, ${defaultLimits.mailDepth} |`,
    )
    expect(readme).toContain(
      `| depth of XML elements, length of a text | ${defaultLimits.xmlDepth}, ${defaultLimits.textLength / 1024} KiB |`,
    )
    expect(readme).toContain(`| records of a report | ${defaultLimits.records.toLocaleString('en')} |`)
    expect(readme).toContain(`| time | ${defaultLimits.milliseconds / 1000} s |`)
  })
})
