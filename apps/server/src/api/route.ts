import type { operations, reportOperations, TokenPrivilege } from '@dmarc-as-code/client/contract'
import type { FastifyBaseLogger } from 'fastify'
import type * as z from 'zod'
import type { Caller } from '../store/tokens.ts'
import type { Audit } from './audit.ts'
import type { ApiContext } from './context.ts'
import type { JsonText } from './json-text.ts'

type Operations = typeof operations & typeof reportOperations
/** An operation of the API, those on reports included. */
export type OperationName = keyof Operations
type Parsed<Name extends OperationName, Part extends string> =
  Operations[Name] extends Record<Part, infer Schema>
    ? Schema extends z.ZodType
      ? z.output<Schema>
      : undefined
    : undefined

/** A validated request and its caller. */
export interface RouteRequest<Name extends OperationName> {
  params: Parsed<Name, 'params'>
  query: Parsed<Name, 'query'>
  body: Parsed<Name, 'body'>
  caller: Caller
  /** What the client sent as `Idempotency-Key`, on the operations that create something. */
  idempotencyKey: string | undefined
  /** The entity tags of `If-Match`, on the operations that change something; undefined: any version will do. */
  ifMatch: readonly string[] | undefined
  /** Notes what the request changes, in the transaction that changes it. */
  audit: Audit
  log: FastifyBaseLogger
}

export interface RouteDefinition<Name extends OperationName> {
  /** The privilege the token must have. */
  privilege: TokenPrivilege
  /** For operations on the user rather than one account: what is done, in words, as the refusal says it. */
  allAccounts?: string
  /** Only the owner of the account may do it. */
  ownerOnly?: true
  /** What the API's description says beyond the contract's summary. */
  description: string
  handle: (
    request: RouteRequest<Name>,
    context: ApiContext,
  ) => Promise<z.input<Operations[Name]['response']> | JsonText>
}

export interface Route {
  name: OperationName
  privilege: TokenPrivilege
  allAccounts?: string
  ownerOnly?: true
  description: string
  handle: (request: never, context: ApiContext) => Promise<unknown>
}

/** One operation of the contract and its handler. Method, path and schemas come from the contract. */
export function route<Name extends OperationName>(name: Name, definition: RouteDefinition<Name>): Route {
  return { name, ...definition }
}
