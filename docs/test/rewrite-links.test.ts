import { describe, expect, it } from 'vitest'
import { rewriteLinks } from '../src/rewrite-links.ts'

const pages: Record<string, string> = {
  'packages/dns/README.md': 'reference/dns',
  'examples/README.md': 'examples/index',
}
const rewritten = (markdown: string, source = 'packages/cdktf/README.md') =>
  rewriteLinks(markdown, {
    source,
    pageOf: (path) => pages[path] ?? pages[`${path}/README.md`],
    picture: (path) => `/pictures/${path}`,
  })

describe('links of a document that becomes a page', () => {
  it('lead to the page of a document, by relative path, by folder and by address on GitHub', () => {
    expect(rewritten('[a](../dns/README.md#undo) [b](../dns) [c](../../examples/)')).toBe(
      '[a](/reference/dns#undo) [b](/reference/dns) [c](/examples/)',
    )
    expect(
      rewritten('[`d`](https://github.com/dmarc-as-code/dmarc-as-code/tree/main/packages/dns#x) [e](../dns#readme)'),
    ).toBe('[`d`](/reference/dns#x) [e](/reference/dns)')
  })

  it('lead to the repository where it is no page', () => {
    expect(rewritten('[a](src/index.ts)')).toBe(
      '[a](https://github.com/dmarc-as-code/dmarc-as-code/blob/main/packages/cdktf/src/index.ts)',
    )
  })

  it('stay where they lead elsewhere, or stand in a block of code', () => {
    for (const same of [
      '[a](https://example.com)',
      '[a](#here)',
      '[a](mailto:a@example.com)',
      '```md\n[a](../dns)\n```',
    ]) {
      expect(rewritten(same)).toBe(same)
    }
  })

  it('bring pictures along', () => {
    expect(rewritten('![a](docs/a.png)')).toBe('![a](/pictures/packages/cdktf/docs/a.png)')
  })
})
