import {
  errorCodes,
  type Operation,
  type OperationName,
  operations,
  reportOperations,
} from '@dmarc-as-code/client/contract'
import * as z from 'zod'
import { requestExamples } from './examples.ts'
import { addLinks } from './links.ts'
import { refuseControlCharacters } from './refused-characters.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document as generators make it, of which a part is read
type Json = any

const describedErrors: Readonly<Record<keyof typeof errorCodes, string>> = {
  400: 'The request cannot be read.',
  401: 'The token is missing, unknown, revoked or expired, or its user is disabled.',
  403: 'The token lacks a privilege, is limited to another account, or its user does not own the account.',
  404: 'There is no such object, or this token has no access to it.',
  405: 'The path has no such method.',
  409: 'There is one already; `details` names its id as `existing_id`.',
  412: 'The object has changed: its version is none of those in `If-Match`.',
  413: 'The body is larger than 1 MiB.',
  415: 'The body is not declared as JSON.',
  422: 'A value or a rule refuses it; `details` has one entry for each field.',
  429: 'Too many requests.',
  500: 'A fault of the server; give `request_id` to its operator.',
  503: 'The server cannot work at the moment. Whether a change took effect is not known.',
}

/** Statuses with which the server says when to come back. */
const withRetryAfter = new Set(['429', '503'])

const groups: readonly (readonly [string, string, RegExp])[] = [
  ['Reports', 'Reports that receivers sent, and the evidence they give.', /\/(?:reports|evidence|\w+_reports)(?:\/|$)/],
  [
    'Hosting',
    'What is hosted for a domain, and verifying it.',
    /\/(?:hosted_services|verify_\w+|generate_dmarc_record)$/,
  ],
  ['History', 'Who changed what, and how statuses changed.', /audit_events|status_changes|\/restore$/],
  ['Notices', 'Where notices about domains are sent.', /notice_targets/],
  ['Memberships', 'Which domains and users belong to an account.', /(?:domain|user)_accounts/],
  ['Domains', 'Domains of an account.', /domains/],
  ['Accounts', 'Accounts of the user, and those shared with the user.', /accounts/],
  ['Tags', 'Tags of domains, which all accounts of a user share.', /tags/],
  ['Server', 'What the server can do.', /./],
]

const describedParameters: Readonly<Record<string, string>> = {
  account_id: 'The account, by id or slug.',
  domain_id: 'The domain, by id or slug.',
  id: 'By id, and where it has one, by slug.',
  page: 'From 1. Lists are whole unless `page` or `per` is sent.',
  per: 'Entries per page.',
  record: 'The part to verify; all of them by default.',
  allow_weaker: 'Why the protection may become weaker, in words; kept in the history.',
}

/** Completes the generated document: shared errors, groups, links, examples; schemas that nothing refers to are left out. */
export function finishDocument(generated: Json): Json {
  const document: Json = structuredClone(generated)
  document.servers = [{ url: '/', description: 'This server' }]
  document.tags = groups.map(([name, description]) => ({ name, description }))
  document.components.responses = {}
  for (const [path, operations] of Object.entries<Json>(document.paths)) {
    for (const operation of Object.values<Json>(operations)) {
      operation.tags = [groups.find(([, , pattern]) => pattern.test(path))?.[0]]
      shareErrors(operation, document.components.responses)
      describe(operation)
      const example = requestExamples[operation.operationId as OperationName]
      const body = operation.requestBody?.content?.['application/json']
      if (body && example !== undefined) body.example = example
    }
  }
  addLinks(document)
  refuseControlCharacters(document)
  pruneSchemas(document)
  return document
}

function shareErrors(operation: Json, shared: Json): void {
  for (const [status, response] of Object.entries<Json>(operation.responses)) {
    const code = Number(status) as keyof typeof errorCodes
    if (!Object.hasOwn(errorCodes, code)) {
      response.description = 'Success'
      response.headers = {
        'X-Request-Id': { description: 'Names the request in the log.', schema: { type: 'string' } },
      }
      continue
    }
    const name = errorCodes[code].replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
    shared[name] ??= {
      description: describedErrors[code],
      ...(withRetryAfter.has(status)
        ? { headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } } }
        : {}),
      content: response.content,
    }
    operation.responses[status] = { $ref: `#/components/responses/${name}` }
  }
}

function describe(operation: Json): void {
  for (const parameter of operation.parameters ?? []) {
    parameter.description ??=
      descriptionOf(operation.operationId, parameter.name) ?? describedParameters[parameter.name] ?? parameter.name
  }
}

/** What the contract says of a parameter. */
function descriptionOf(name: string, parameter: string): string | undefined {
  const contract: Operation | undefined = { ...operations, ...reportOperations }[name as OperationName]
  const shapes = [contract?.params, contract?.query, contract?.headers].filter((part) => part instanceof z.ZodObject)
  return shapes.map(({ shape }) => shape[parameter]?.description).find((text) => text !== undefined)
}

const prefix = '#/components/schemas/'

/** Keeps what is referred to, and gives a request schema its plain name where no answer has it. */
function pruneSchemas(document: Json): void {
  const { schemas } = document.components
  const used = new Set<string>()
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return
    const reference: unknown = value.$ref
    if (typeof reference === 'string' && reference.startsWith(prefix)) {
      const name = reference.slice(prefix.length)
      if (!used.has(name)) {
        used.add(name)
        visit(schemas[name])
      }
    }
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(document.paths)
  visit(document.components.responses)
  const plain = (name: string) => {
    const short = name.replace(/Input$/, '')
    return used.has(short) ? name : short
  }
  const renamed = new Map([...used].map((name) => [`${prefix}${name}`, `${prefix}${plain(name)}`]))
  document.components.schemas = Object.fromEntries([...used].sort().map((name) => [plain(name), schemas[name]]))
  const rename = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return
    if (typeof value.$ref === 'string') value.$ref = renamed.get(value.$ref) ?? value.$ref
    for (const inner of Object.values(value)) rename(inner)
  }
  rename(document)
}
