/** The parts of an OpenAPI 3.1 document that a page shows. */
export interface ApiDocument {
  readonly info: { readonly description?: string }
  readonly tags?: readonly { readonly name: string; readonly description?: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly responses?: Readonly<Record<string, Response>>
  }
}

interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly description?: string
  }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, Response>>
}

type Content = Readonly<Record<string, { readonly schema?: Schema; readonly example?: unknown }>>

interface Response {
  readonly $ref?: string
  readonly description?: string
  readonly content?: Content
}

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

const folder = 'reference/http-api'

/** The pages about the server's API, by path without `.md`: one for each tag, one for the schemas, and the list of operations. */
export function httpApiPages(document: ApiDocument): Map<string, string> {
  const pages = new Map([[`${folder}/index`, indexPage(document)]])
  for (const tag of document.tags ?? []) {
    const operations = operationsOf(document, tag.name)
      .map((each) => operationSection(each, document))
      .join('\n')
    pages.set(pageOf(tag.name), `# ${tag.name}\n\n${tag.description ?? ''}\n\n${operations}`)
  }
  pages.set(`${folder}/schemas`, schemasPage(document))
  return pages
}

/** The same pages with their titles: for the sidebar. */
export function httpApiTitles(document: ApiDocument): [path: string, title: string][] {
  const tags = (document.tags ?? []).map(({ name }): [string, string] => [pageOf(name), name])
  return [[`${folder}/`, 'All operations'], ...tags, [`${folder}/schemas`, 'Schemas']]
}

const pageOf = (tag: string) => `${folder}/${tag.toLowerCase().replaceAll(' ', '-')}`

interface Placed extends Operation {
  readonly method: string
  readonly path: string
}

function operationsOf({ paths }: ApiDocument, tag: string): Placed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags?.includes(tag))
      .map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  )
}

function indexPage(document: ApiDocument): string {
  const tables = (document.tags ?? []).map(({ name }) => {
    const rows = operationsOf(document, name).map(
      ({ method, path, summary, operationId }) =>
        `| [${summary ?? operationId}](/${pageOf(name)}#${operationId}) | \`${method} ${path}\` |`,
    )
    return `## ${name}\n\n| | |\n| --- | --- |\n${rows.join('\n')}\n`
  })
  const failures = table('| status | | body |\n| --- | --- | --- |', answerRows(failuresOf(document), document))
  return `# HTTP API\n\n${document.info.description ?? ''} A server serves this description of itself at \`/openapi.json\`, and shows it at \`/docs\`.\n\n${tables.join('\n')}\n## Failures\n\n${failures}\n`
}

function operationSection(operation: Placed, document: ApiDocument): string {
  const { method, path, summary, description, operationId, parameters = [], requestBody, responses } = operation
  const body = requestBody?.content['application/json']
  const answers = Object.entries(responses).filter(([status]) => !isFailure(status))
  const failures = Object.keys(responses).filter(isFailure)
  return [
    `## ${summary ?? operationId} {#${operationId}}`,
    `\`${method} ${path}\``,
    description ?? '',
    parameters.length === 0
      ? ''
      : table(
          '| parameter | in | |\n| --- | --- | --- |',
          parameters.map(
            ({ name, in: place, required, description: words }) =>
              `| \`${name}\` | ${place}${required ? ', required' : ''} | ${cell(words)} |`,
          ),
        ),
    body === undefined ? '' : `Body: ${typeOf(body.schema)}`,
    body?.example === undefined ? '' : `\`\`\`json\n${JSON.stringify(body.example, null, 2)}\n\`\`\``,
    table('| status | | body |\n| --- | --- | --- |', answerRows(answers, document)),
    failures.length === 0 ? '' : `Failures: [${failures.join(', ')}](/${folder}/#failures)`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function schemasPage({ components }: ApiDocument): string {
  const sections = Object.entries(components.schemas).map(([name, schema]) => {
    const rows = Object.entries(schema.properties ?? {}).map(
      ([property, inner]) =>
        `| \`${property}\`${schema.required?.includes(property) ? '' : ' (optional)'} | ${typeOf(inner)} | ${cell(inner.description)} |`,
    )
    const fields = rows.length === 0 ? `${typeOf(schema)}\n` : table('| field | type | |\n| --- | --- | --- |', rows)
    return `## ${name} {#${name}}\n\n${schema.description ?? ''}\n\n${fields}\n`
  })
  return `# Schemas\n\nWhat requests and answers consist of.\n\n${sections.join('\n')}`
}

const isFailure = (status: string) => /^[45]/.test(status)

function answerRows(
  answers: readonly (readonly [status: string, answer: Response])[],
  document: ApiDocument,
): string[] {
  return answers.map(([status, answer]) => {
    const { description = '', content } = referred(answer, document)
    return `| ${status} | ${cell(description)} | ${typeOf(content?.['application/json']?.schema)} |`
  })
}

/** What each status of a failure means, which is the same for every operation. */
function failuresOf(document: ApiDocument): [status: string, answer: Response][] {
  const answers = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ responses }) => Object.entries(responses))
    .filter(([status]) => isFailure(status))
  return [...new Map(answers)].sort(([one], [other]) => Number(one) - Number(other))
}

const table = (head: string, rows: readonly string[]) => `${head}\n${rows.join('\n')}`

const cell = (text = '') => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** A schema in a few words of Markdown. */
function typeOf(schema: Schema | undefined): string {
  if (schema === undefined) return ''
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
    return `[${name}](/${folder}/schemas#${name})`
  }
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(typeOf).join(' or ')
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${cell(JSON.stringify(value))}\``).join(', ')
  if (schema.type === 'array') return `list of ${typeOf(schema.items) || 'anything'}`
  if (schema.properties !== undefined) {
    const members = Object.entries(schema.properties).map(([name, inner]) => `\`${name}\`: ${typeOf(inner)}`)
    return `object (${members.join(', ')})`
  }
  return [schema.type ?? 'anything'].flat().join(' or ')
}

function referred(response: Response, { components }: ApiDocument): Response {
  if (response.$ref === undefined) return response
  return components.responses?.[response.$ref.slice(response.$ref.lastIndexOf('/') + 1)] ?? response
}
