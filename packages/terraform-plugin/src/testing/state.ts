import { parseExactJson } from './exact-json.ts'

type Values = { readonly [name: string]: unknown }

export interface ShownState {
  /**
   * The values of each resource and data source by its address. Numbers are JavaScript numbers where those are exact, else
   * bigints or decimal text.
   */
  readonly resources: { readonly [address: string]: Values }
  readonly outputs: Values
}

interface Module {
  readonly resources?: readonly { readonly address: string; readonly values: Values }[]
  readonly child_modules?: readonly Module[]
}

/** The content of `terraform show -json`. */
export function shownState(json: string): ShownState {
  const { values } = parseExactJson(json) as {
    values?: { root_module?: Module; outputs?: { [name: string]: { value: unknown } } }
  }
  const resources: Record<string, Values> = {}
  const collect = (module: Module): void => {
    for (const resource of module.resources ?? []) resources[resource.address] = resource.values
    for (const child of module.child_modules ?? []) collect(child)
  }
  collect(values?.root_module ?? {})
  const outputs = Object.fromEntries(Object.entries(values?.outputs ?? {}).map(([name, { value }]) => [name, value]))
  return { resources, outputs }
}
