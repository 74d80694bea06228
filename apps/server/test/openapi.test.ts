import { type OperationName, operations, routes } from '@dmarc-as-code/client/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestExamples } from '../src/api/openapi/examples.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document is read in many places
type Json = any

describe('the OpenAPI document', () => {
  let server: TestServer
  let document: Json
  let all: Json[]
  beforeAll(async () => {
    server = await startTestServer()
    document = (await server.call('GET', '/openapi.json', undefined, null)).body
    all = Object.values<Json>(document.paths).flatMap((path) => Object.values<Json>(path))
  })
  afterAll(() => server?.close())

  const references = (value: Json): string[] =>
    typeof value !== 'object' || value === null
      ? []
      : [...(typeof value.$ref === 'string' ? [value.$ref] : []), ...Object.values(value).flatMap(references)]
  const resolve = (reference: string) =>
    reference
      .slice(2)
      .split('/')
      .reduce((value, key) => value?.[key], document)

  it('describes each schema and each error once, and nothing that is not used', () => {
    const used = new Set(references(document))
    for (const reference of used) expect(resolve(reference), reference).toBeDefined()
    const schemas = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect(schemas.filter((name) => !used.has(name))).toEqual([])
    expect(document.components.schemas).toHaveProperty('Domain')
    expect(document.components.schemas).toHaveProperty('CreateDomainBody')
    expect(document.components.responses.TooManyRequests.headers).toHaveProperty('Retry-After')
    for (const { operationId, responses, tags } of all) {
      expect(responses['503'], operationId).toEqual({ $ref: '#/components/responses/Unavailable' })
      expect(tags, operationId).toHaveLength(1)
    }
  })

  it('names every parameter of every path, with what it means', () => {
    for (const [path, methods] of Object.entries<Json>(document.paths)) {
      for (const { operationId, parameters = [] } of Object.values<Json>(methods)) {
        const named = parameters.filter((each: Json) => each.in === 'path').map((each: Json) => `{${each.name}}`)
        expect(named.sort(), operationId).toEqual((path.match(/\{\w+\}/g) ?? []).sort())
        for (const { name, description } of parameters) expect(description, `${operationId} ${name}`).toBeTruthy()
      }
    }
  })

  it('links answers to the operations that take them', () => {
    const linked = all
      .flatMap(({ responses }) => Object.values<Json>(responses))
      .flatMap(({ links = {} }) => Object.values<Json>(links))
    expect(linked.length).toBeGreaterThan(10)
    for (const { operationId, parameters } of linked) {
      const target = all.find((operation) => operation.operationId === operationId)
      const taken = target?.parameters.filter((each: Json) => each.in === 'path').map((each: Json) => each.name)
      expect(Object.keys(parameters).sort(), operationId).toEqual(taken?.sort())
    }
  })

  it('has an example for each body of a domain, account or tag, and each is accepted', async () => {
    const withBody = (Object.keys(routes) as OperationName[]).filter(
      (name) => 'body' in operations[name] && !/reports|evidence/.test(routes[name].path),
    )
    expect(withBody.filter((name) => !(name in requestExamples))).toEqual([])
    for (const [name, body] of Object.entries(requestExamples) as [OperationName, unknown][]) {
      const { method, path } = routes[name]
      const filled = path.replace(/:(\w+)/g, (_, parameter) =>
        parameter === 'account_id' || path.startsWith('/v2/accounts/:id') ? String(server.owner.accountId) : '1',
      )
      const answer = await server.call(method, filled, body)
      expect(answer.status, `${name} ${JSON.stringify(answer.body)}`).toBe(operations[name].status)
      const described = all.find(({ operationId }) => operationId === name).requestBody.content['application/json']
      expect(described.example, name).toEqual(body)
    }
  })

  it('says of every text in requests which characters it takes, and none of them is a control character', () => {
    const texts = (value: Json): Json[] => {
      if (typeof value !== 'object' || value === null) return []
      if (typeof value.$ref === 'string') return texts(resolve(value.$ref))
      const { example, ...rest } = value
      return [...(value.type === 'string' ? [value] : []), ...Object.values(rest).flatMap(texts)]
    }
    const taken = texts(all.map(({ parameters, requestBody }) => ({ parameters, requestBody })))
    const patterns = taken.filter(({ format, enum: values }) => !format && !values).map(({ pattern }) => pattern)
    expect(patterns.length).toBeGreaterThan(20)
    for (const pattern of new Set(patterns)) {
      for (const control of ['a\u0000', '\u001b', '\u007fa', 'a\u009b31m'])
        expect(control).not.toMatch(new RegExp(pattern))
    }
  })

  it('is also in OpenAPI 3.0, with null and limits as that version has them', async () => {
    const { body } = await server.call('GET', '/openapi-3.0.json', undefined, null)
    expect(body.openapi).toBe('3.0.3')
    expect(Object.keys(body.paths)).toEqual(Object.keys(document.paths))
    expect(JSON.stringify(body)).not.toMatch(/"type":(?:"null"|\[)|"exclusiveM\w+":\d|"const":/)
    expect(body.components.schemas.Domain.properties.managed_by).toEqual({
      type: 'object',
      allOf: [{ $ref: '#/components/schemas/ManagedBy' }],
      nullable: true,
    })
  })

  it('is a page for people at /docs, which loads nothing from elsewhere', async () => {
    const response = await fetch(`${server.apiUrl}/docs`)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'")
    const page = await response.text()
    for (const { operationId } of all) expect(page).toContain(`id="${operationId}"`)
    expect(page).not.toMatch(/<script|<(?:img|link|iframe)|(?:src|href|action)=["']?https?:/)
    expect(page).toContain('id="schema-Domain"')
  })
})
