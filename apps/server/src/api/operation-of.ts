import {
  type Operation,
  operations,
  type Route,
  reportOperations,
  reportRoutes,
  routes,
} from '@dmarc-as-code/client/contract'
import type { OperationName } from './route.ts'

const all: Readonly<Record<string, Operation>> = { ...operations, ...reportOperations }
const paths: Readonly<Record<string, Route>> = { ...routes, ...reportRoutes }

/** An operation's method and path together with its schemas; those on reports included. */
export function operationOf(name: OperationName): Operation & Route {
  const [operation, path] = [all[name], paths[name]]
  if (!operation || !path) throw new Error(`The contract has no operation ${name}.`)
  return { ...operation, ...path }
}
