import type { Unknown } from '../encoding/unknown.ts'
import type { Attribute } from './attribute.ts'
import type { Block } from './block.ts'
import type { FieldRole, Views } from './roles.ts'

export type { FieldRole, Role, Views } from './roles.ts'

/** The attributes and blocks of a schema, by name. */
export type Fields = { readonly [name: string]: Attribute<Views, FieldRole> | Block<Views> }

type ViewsOf<F> = F extends { readonly views?: infer V extends Views } ? V : never
type RoleOf<F> = F extends Attribute<Views, infer R> ? R : 'block'

type StateField<V extends Views, R> = R extends 'optional' | 'nullableComputed' | 'nullableOptionalComputed'
  ? V['state'] | null
  : R extends 'writeOnly' | 'requiredWriteOnly'
    ? null
    : V['state']

type PlanField<V extends Views, R> = R extends 'optional'
  ? V['plan'] | null
  : R extends 'computed' | 'optionalComputed'
    ? V['plan'] | Unknown
    : R extends 'nullableComputed' | 'nullableOptionalComputed'
      ? V['plan'] | Unknown | null
      : R extends 'writeOnly' | 'requiredWriteOnly'
        ? null
        : V['plan']

type ProposedField<V extends Views, R> = R extends 'writeOnly' | 'requiredWriteOnly'
  ? null
  : R extends 'optional' | 'nullableComputed' | 'nullableOptionalComputed'
    ? V['proposed'] | Unknown | null
    : V['proposed'] | Unknown

type ConfigField<V extends Views, R> = R extends 'computed' | 'nullableComputed'
  ? null
  : R extends 'required' | 'requiredWriteOnly' | 'block'
    ? V['config'] | Unknown
    : V['config'] | Unknown | null

type SettingsField<V extends Views, R> = R extends 'computed' | 'nullableComputed'
  ? null
  : R extends 'required' | 'requiredWriteOnly' | 'block'
    ? V['settings']
    : V['settings'] | null

/** Roles whose value only the provider can know, so a result must name them. */
type ComputedRole = 'computed' | 'nullableComputed' | 'optionalComputed' | 'nullableOptionalComputed'
type ComputedKeys<A> = { [K in keyof A]: RoleOf<A[K]> extends ComputedRole ? K : never }[keyof A]

export type StateOf<A> = { readonly [K in keyof A]: StateField<ViewsOf<A[K]>, RoleOf<A[K]>> }
export type PlanOf<A> = { readonly [K in keyof A]: PlanField<ViewsOf<A[K]>, RoleOf<A[K]>> }
export type ProposedOf<A> = { readonly [K in keyof A]: ProposedField<ViewsOf<A[K]>, RoleOf<A[K]>> }
export type ConfigOf<A> = { readonly [K in keyof A]: ConfigField<ViewsOf<A[K]>, RoleOf<A[K]>> }
export type SettingsOf<A> = { readonly [K in keyof A]: SettingsField<ViewsOf<A[K]>, RoleOf<A[K]>> }
/** A configuration with its defaults filled in: what data sources, ephemeral resources and lists are given. */
export type InputOf<A> = {
  readonly [K in keyof A]: RoleOf<A[K]> extends 'defaulted'
    ? ViewsOf<A[K]>['settings']
    : SettingsField<ViewsOf<A[K]>, RoleOf<A[K]>>
}
export type ResultOf<A> = {
  readonly [K in ComputedKeys<A>]: RoleOf<A[K]> extends 'nullableComputed' | 'nullableOptionalComputed'
    ? ViewsOf<A[K]>['result'] | null
    : ViewsOf<A[K]>['result']
} & {
  readonly [K in Exclude<keyof A, ComputedKeys<A>>]?: ViewsOf<A[K]>['result'] | null | undefined
}
/** Some fields of a state: what an import or a saved half-finished create knows. */
export type PartialOf<A> = { readonly [K in keyof A]?: ViewsOf<A[K]>['result'] | null | undefined }

/** A value that looks the same everywhere, such as a string. */
export type Leaf<T> = { state: T; plan: T; proposed: T; config: T; settings: T; result: T }

export type ObjectViews<A> = {
  state: StateOf<A>
  plan: PlanOf<A>
  proposed: ProposedOf<A>
  config: ConfigOf<A>
  settings: SettingsOf<A>
  result: ResultOf<A>
}

export type ListViews<V extends Views> = {
  state: readonly V['state'][]
  plan: readonly V['plan'][]
  proposed: readonly (V['proposed'] | Unknown)[]
  config: readonly (V['config'] | Unknown)[]
  settings: readonly V['settings'][]
  result: readonly V['result'][]
}

export type MapViews<V extends Views> = {
  state: { readonly [key: string]: V['state'] }
  plan: { readonly [key: string]: V['plan'] }
  proposed: { readonly [key: string]: V['proposed'] | Unknown }
  config: { readonly [key: string]: V['config'] | Unknown }
  settings: { readonly [key: string]: V['settings'] }
  result: { readonly [key: string]: V['result'] }
}

/** A single block, which may be absent. */
export type OptionalViews<V extends Views> = { [K in keyof Views]: V[K] | null }

type ElementViews<E> = E extends { readonly views?: infer V extends Views } ? V : never
export type TupleViews<E extends readonly unknown[]> = {
  [View in keyof Views]: {
    readonly [I in keyof E]: ElementViews<E[I]>[View] | null | (View extends 'config' | 'proposed' ? Unknown : never)
  }
}
/** A plain object type: every member is there, and may be null. */
export type StructViews<E> = {
  [View in keyof Views]: {
    readonly [K in keyof E]: ElementViews<E[K]>[View] | null | (View extends 'config' | 'proposed' ? Unknown : never)
  }
}
