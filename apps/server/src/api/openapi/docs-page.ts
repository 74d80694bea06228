// biome-ignore lint/suspicious/noExplicitAny: a document as generators make it, of which a part is read
type Json = any

const escaped = (text: unknown): string =>
  String(text ?? '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** Escaped text in which `code` is marked. */
const prose = (text: unknown): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>')

const style = `
:root { color-scheme: light dark; --line: #8884; --quiet: #777; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 62rem; padding: 1.5rem; }
code, pre { font: 0.9em ui-monospace, monospace; }
pre { border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; padding: 0.75rem; }
details { border-bottom: 1px solid var(--line); padding: 0.4rem 0; }
summary { cursor: pointer; } summary .method { display: inline-block; font-weight: 600; min-width: 4.5rem; }
table { border-collapse: collapse; width: 100%; } td, th { border-top: 1px solid var(--line); padding: 0.3rem 0.6rem 0.3rem 0; text-align: left; vertical-align: top; }
.quiet { color: var(--quiet); }`

/** A page that shows the document to people: it needs no script, no font and nothing from elsewhere. */
export function docsPage(document: Json): string {
  const operations = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  )
  const sections = (document.tags as Json[])
    .map(({ name, description }) => ({ name, description, own: operations.filter(({ tags }) => tags.includes(name)) }))
    .filter(({ own }) => own.length > 0)
  const { title, version, description } = document.info
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
<h1>${escaped(title)} <span class="quiet">${escaped(version)}</span></h1>
<p>${prose(description)}</p>
<p>Send <code>Authorization: Token token=&lt;your API token&gt;</code>. The document for programs is at <a href="openapi.json">openapi.json</a>.</p>
<ul>${sections.map(({ name }) => `<li><a href="#${escaped(name)}">${escaped(name)}</a>`).join('')}</ul>
${sections.map((section) => sectionOf(section, document)).join('\n')}
<h2 id="schemas">Schemas</h2>
${Object.entries<Json>(document.components.schemas)
  .map(([name, schema]) => `<h3 id="schema-${escaped(name)}">${escaped(name)}</h3>${schemaTable(schema)}`)
  .join('\n')}
</html>
`
}

function sectionOf(
  { name, description, own }: { name: string; description: string; own: Json[] },
  document: Json,
): string {
  return `<h2 id="${escaped(name)}">${escaped(name)}</h2><p>${prose(description)}</p>
${own.map((operation) => operationOf(operation, document)).join('\n')}`
}

function operationOf(operation: Json, document: Json): string {
  const { path, method, summary, description, operationId, parameters = [], requestBody, responses } = operation
  const body = requestBody?.content['application/json']
  const rows = (parameters as Json[]).map(
    ({ name, in: place, required, description: words }) =>
      `<tr><td><code>${escaped(name)}</code><td class="quiet">${escaped(place)}${required ? ', required' : ''}<td>${prose(words)}`,
  )
  const answers = Object.entries<Json>(responses).map(([status, response]) => {
    const { description: words, content } = response.$ref ? resolve(response.$ref, document) : response
    return `<tr><td><code>${escaped(status)}</code><td>${prose(words)} ${typeOf(content?.['application/json']?.schema)}`
  })
  return `<details id="${escaped(operationId)}">
<summary><span class="method">${escaped(method)}</span> <code>${escaped(path)}</code> ${escaped(summary)}</summary>
<p>${prose(description)}</p>
${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}
${body ? `<p>Body: ${typeOf(body.schema)}</p>${body.example ? `<pre>${escaped(JSON.stringify(body.example, null, 2))}</pre>` : ''}` : ''}
<table>${answers.join('')}</table>
</details>`
}

function schemaTable(schema: Json): string {
  const required = new Set<string>(schema.required ?? [])
  const rows = Object.entries<Json>(schema.properties ?? {}).map(
    ([name, property]) =>
      `<tr><td><code>${escaped(name)}</code><td class="quiet">${required.has(name) ? '' : 'optional'}<td>${typeOf(property)} ${prose(property.description)}`,
  )
  return `<table>${rows.join('')}</table>`
}

/** A schema in a few words, as HTML. */
function typeOf(schema: Json): string {
  if (!schema) return ''
  if (schema.$ref) {
    const name = String(schema.$ref).split('/').at(-1)
    return `<a href="#schema-${escaped(name)}">${escaped(name)}</a>`
  }
  const choices: Json[] | undefined = schema.anyOf ?? schema.oneOf
  if (choices) return choices.map(typeOf).join(' or ')
  if (schema.enum)
    return schema.enum.map((value: unknown) => `<code>${escaped(JSON.stringify(value))}</code>`).join(', ')
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`
  if (schema.type === 'object' && schema.properties) {
    return `{ ${Object.entries<Json>(schema.properties)
      .map(([name, inner]) => `<code>${escaped(name)}</code>: ${typeOf(inner)}`)
      .join(', ')} }`
  }
  return escaped([schema.type].flat().join(' or '))
}

const resolve = (reference: string, document: Json): Json =>
  reference
    .slice(2)
    .split('/')
    .reduce((value, key) => value?.[key], document)
