import { describe, expect, it } from 'vitest'
import { toyProvider } from '../../test/toy/provider.ts'
import { defineFunction, defineWith, s } from '../index.ts'
import { documentationPages } from './pages.ts'

const define = defineWith()
const thing = define.resource({
  description: 'A `thing` with a snake_case_name, see [the guide](https://example.com).\n\nIt can be large.',
  subcategory: 'Things',
  schema: {
    id: s.string().computed().describe('Given by the service.'),
    name: s.string().required().describe('What it is called.'),
    size: s.integer().default(3).describe('How large it is.'),
    kind: s.string().default('x').describe('Default: the usual kind.'),
    token: s.string().default('hunter2').sensitive().describe('Opens it.'),
    old: s.string().optional().deprecated('Use `name`.'),
    parts: s
      .list(s.object({ weight: s.number().required(), deep: s.object({ x: s.bool().optional() }).optional() }))
      .optional(),
    rule: s.blockList({ port: s.integer().required() }, { min: 1, max: 3 }).describe('What is let in.'),
  },
  create: () => ({ id: 'i' }),
  read: ({ state }) => state,
  delete() {},
  identity: { schema: { id: s.string().required().describe('The id.') }, of: ({ id }) => ({ id }) },
})
const double = defineFunction({
  summary: 'Doubles a number.',
  parameters: { value: s.number().describe('What is doubled.') },
  variadic: s.string(),
  returns: s.number(),
  run: ({ value }) => value * 2,
})
const provider = define.provider({ name: 'toy', resources: { toy_thing: thing }, functions: { double } })

describe('documentation pages', () => {
  it('have the head, the examples and the schema of a resource', () => {
    const files: { readonly [path: string]: string } = {
      'resources/toy_thing/resource.tf': 'resource "toy_thing" "a" {}\n',
      'resources/toy_thing/import.tf': 'import {}\n',
      'resources/toy_thing/import-by-identity.tf': 'import { identity }\n',
      'resources/toy_thing/import.sh': 'terraform import toy_thing.a i\n',
    }
    const page = documentationPages(provider, (path) => files[path]).get('resources/thing.md')
    expect(page).toBe(`---
page_title: "toy_thing Resource - toy"
subcategory: "Things"
description: |-
  A thing with a snake_case_name, see the guide.
---

# toy_thing (Resource)

A \`thing\` with a snake_case_name, see [the guide](https://example.com).

It can be large.

## Example Usage

\`\`\`terraform
resource "toy_thing" "a" {}
\`\`\`

## Schema

### Required

- \`name\` (String) What it is called.
- \`rule\` (Block List, Min: 1, Max: 3) What is let in. (see [below for nested schema](#nestedblock--rule))

### Optional

- \`kind\` (String) Default: the usual kind.
- \`old\` (String, Deprecated) **Deprecated:** Use \`name\`.
- \`parts\` (Attributes List) (see [below for nested schema](#nestedatt--parts))
- \`size\` (Number) How large it is. Default: \`3\`.
- \`token\` (String, Sensitive) Opens it.

### Read-Only

- \`id\` (String) Given by the service.

<a id="nestedblock--rule"></a>
### Nested Schema for \`rule\`

Required:

- \`port\` (Number)

<a id="nestedatt--parts"></a>
### Nested Schema for \`parts\`

Required:

- \`weight\` (Number)

Optional:

- \`deep\` (Attributes) (see [below for nested schema](#nestedatt--parts--deep))

<a id="nestedatt--parts--deep"></a>
### Nested Schema for \`parts.deep\`

Optional:

- \`x\` (Boolean)

## Import

In Terraform 1.12 and later, an \`import\` block can name the object by its \`identity\`:

\`\`\`terraform
import { identity }
\`\`\`

### Identity Schema

#### Required

- \`id\` (String) The id.

An \`import\` block can name the object by its \`id\`:

\`\`\`terraform
import {}
\`\`\`

The \`terraform import\` command does the same:

\`\`\`shell
terraform import toy_thing.a i
\`\`\`
`)
  })

  it('have the signature and the arguments of a function', () => {
    const page = documentationPages(provider, () => undefined).get('functions/double.md')
    expect(page).toContain('```text\ndouble(value number, rest string...) number\n```')
    expect(page).toContain('1. `value` (Number) What is doubled.\n2. `rest` (Variadic, String)\n')
    expect(page?.endsWith('(Variadic, String)\n')).toBe(true)
    expect(page).not.toContain('Example Usage')
  })

  it('keep the paragraphs of a description inside the item of its attribute', () => {
    const long = 'First.\n\n- a list\n\nLast, on\ntwo lines.'
    const wordy = define.resource({
      schema: {
        a: s.string().default('x').describe(long),
        b: s.object({ c: s.string().optional() }).optional().describe(long),
      },
      create: () => ({}),
      read: ({ state }) => state,
      delete() {},
    })
    const called = defineFunction({
      parameters: { p: s.string().describe(long) },
      returns: s.list(s.struct({ q: s.string() })),
      run: ({ p }) => [{ q: p }],
    })
    const pages = documentationPages(
      define.provider({ name: 'toy', resources: { toy_wordy: wordy }, functions: { called } }),
      () => undefined,
    )
    const inside = (indent: string) => `First.\n\n${indent}- a list\n\n${indent}Last, on\n${indent}two lines.\n`
    expect(pages.get('resources/wordy.md')).toContain(
      `- \`a\` (String) ${inside('  ')}\n  Default: \`"x"\`.\n` +
        `- \`b\` (Attributes) ${inside('  ')}\n  (see [below for nested schema](#nestedatt--b))\n`,
    )
    expect(pages.get('functions/called.md')).toContain('```text\ncalled(p string) list of object\n```')
    expect(pages.get('functions/called.md')).toContain(`1. \`p\` (String) ${inside('   ')}`)
  })

  it('keep an example whole that holds Markdown and empty lines', () => {
    const example = 'resource "toy_noted" "a" {\n  text = <<EOT\n```sh\nls\n```\n\n\n\nend\nEOT\n}'
    const noted = define.resource({
      schema: { text: s.string().default('a `b` c') },
      create: () => ({}),
      read: ({ state }) => state,
      delete() {},
    })
    const toy = define.provider({ name: 'toy', resources: { toy_noted: noted } })
    const page = documentationPages(toy, (path) => (path.endsWith('resource.tf') ? example : undefined))
    expect(page.get('resources/noted.md')).toContain(`\`\`\`\`terraform\n${example}\n\`\`\`\`\n`)
    expect(page.get('resources/noted.md')).toContain('- `text` (String) Default: `` "a `b` c" ``.')
  })

  it('are there for everything a provider has', () => {
    expect([...documentationPages(toyProvider(), () => undefined).keys()].sort()).toEqual([
      'actions/restart.md',
      'data-sources/lookup.md',
      'ephemeral-resources/credential.md',
      'functions/describe.md',
      'functions/join.md',
      'index.md',
      'list-resources/ticket.md',
      'resources/server.md',
      'resources/slow.md',
      'resources/ticket.md',
    ])
  })
})
