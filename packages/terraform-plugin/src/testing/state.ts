import { parseExactJson } from './exact-json.ts'

type Values = { readonly [name: string]: unknown }

export interface ShownState {
  /**
   * The values of each resource and data source by its address. Numbers are JavaScript numbers where those are exact, else
   * bigints or decimal text.
   */
  readonly resources: { readonly [address: string]: Values }
  readonly outputs: Values
  /** The identity of each resource that has one, by its address (Terraform 1.12 and later). */
  readonly identities: { readonly [address: string]: Values }
  /** True, or nested true, where a value of a resource is sensitive, by its address. */
  readonly sensitive: { readonly [address: string]: Values }
}

interface Module {
  readonly resources?: readonly {
    readonly address: string
    readonly values: Values
    readonly identity?: Values
    readonly sensitive_values?: Values
  }[]
  readonly child_modules?: readonly Module[]
}

/** The content of `terraform show -json`. */
export function shownState(json: string): ShownState {
  const { values } = parseExactJson(json) as {
    values?: { root_module?: Module; outputs?: { [name: string]: { value: unknown } } }
  }
  const resources: Record<string, Values> = {}
  const identities: Record<string, Values> = {}
  const sensitive: Record<string, Values> = {}
  const collect = (module: Module): void => {
    for (const { address, values: stored, identity, sensitive_values = {} } of module.resources ?? []) {
      resources[address] = stored
      sensitive[address] = sensitive_values
      if (identity) identities[address] = identity
    }
    for (const child of module.child_modules ?? []) collect(child)
  }
  collect(values?.root_module ?? {})
  const outputs = Object.fromEntries(Object.entries(values?.outputs ?? {}).map(([name, { value }]) => [name, value]))
  return { resources, outputs, identities, sensitive }
}
