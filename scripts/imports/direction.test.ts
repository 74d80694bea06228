import { describe, expect, it } from 'vitest'
import { wrongImports } from './direction.ts'

const faultsOf = (path: string, specifier: string) =>
  wrongImports([{ path, imports: [{ specifier, line: 3 }] }], () => ['.', './sandbox'])

describe('wrongImports', () => {
  it.each([
    ['packages/client/src/a.ts', '@dmarc-as-code/records'],
    ['packages/dns/src/a.ts', '../wire/names.ts'],
    ['packages/dns/src/a.ts', '@dmarc-as-code/primitives'],
    ['apps/server/src/a.ts', '@dmarc-as-code/dns'],
    ['packages/terraform-provider/src/a.test.ts', '@dmarc-as-code/server/sandbox'],
    ['packages/dns/test/a.ts', '../../../test-support/bind.ts'],
    ['bench/a.ts', '@dmarc-as-code/cdktf'],
  ])('accepts that %s imports %s', (path, specifier) => {
    expect(faultsOf(path, specifier)).toEqual([])
  })

  it.each([
    ['packages/records/src/b.ts', '@dmarc-as-code/client', 'packages/records may not import client'],
    ['packages/records/src/b.test.ts', '@dmarc-as-code/primitives', 'packages/records may not import primitives'],
    [
      'packages/terraform-provider/src/b.ts',
      '@dmarc-as-code/server/sandbox',
      'only tests and scripts of packages/terraform-provider may import server',
    ],
    [
      'packages/terraform-plugin/src/b.ts',
      '@dmarc-as-code/records',
      'packages/terraform-plugin may not import records',
    ],
    ['packages/dns/src/deep/b.ts', '../../../records/src/index.ts', 'import a package by its name'],
    ['packages/dns/src/b.test.ts', '../../client/test/fake-api.ts', 'import a package by its name'],
    ['bench/b.ts', '../packages/dns/src/index.ts', 'import a package by its name'],
    ['test-peers/b.peer.ts', '../apps/server/src/index.ts', 'import a package by its name'],
    ['apps/server/src/b.ts', '@dmarc-as-code/dns/inside', 'dns does not export this path'],
    ['apps/server/src/b.ts', '../../../test-support/bind.ts', 'product code must not import test-support/'],
  ])('refuses that %s imports %s', (path, specifier, fault) => {
    expect(faultsOf(path, specifier)).toEqual([expect.stringContaining(`${path}:3 imports ${specifier}: ${fault}`)])
  })
})
