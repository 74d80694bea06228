import type { Abilities } from '../engine/types.ts'

/** One setting of a DNS service. Everything that asks for settings (files, environments, forms, schemas) is derived from it. */
export interface ServiceField {
  /** As in JSON settings. A dot leads into an object: `key.secret`. */
  readonly name: string
  /** As on a form: `API token`. */
  readonly label: string
  /** Default `text`. A `list` is a list of texts. A `url` is an http or https address without credentials in it. */
  readonly type?: 'text' | 'integer' | 'list' | 'url'
  /** Of an `integer`. */
  readonly range?: { readonly min: number; readonly max: number }
  /** The only values allowed. */
  readonly options?: readonly string[]
  /** What a text must look like; `expected` completes "NAME ...". */
  readonly form?: { readonly pattern: RegExp; readonly expected: string }
  /** A `url` may begin with `http:` for hosts other than this one. Default false, because credentials travel along. */
  readonly plainHttp?: boolean
  /** Whether the adapter cannot work without it. */
  readonly required?: boolean
  /** Whether it is kept out of states, logs and messages. */
  readonly secret?: boolean
  /** The name of the field without which this one has no use. */
  readonly onlyWith?: string
  /** Environment variables it is taken from where it is not set, the first that is set. */
  readonly env?: readonly string[]
  /** Brings the text of an environment variable into the form the field wants. */
  readonly fromEnv?: (text: string) => string
  /** The value where nothing is set. */
  readonly default?: string
  /** Brings a text into the one form that is used, such as an id without its path. */
  readonly tidy?: (text: string) => string
  /** What counts where nothing is set and there is no `default`, for documentation: "`53`", "the whole subscription". */
  readonly fallback?: string
  /** What it is and what it needs, in full sentences. */
  readonly help: string
  /** Where Terraform has it: in the provider block and the resource (`both`), or in the resource only. Absent: not there. */
  readonly terraform?: { readonly in: 'both' | 'resource'; readonly name?: string }
  /** How the form of the desktop app asks for it. Absent: it does not. */
  readonly ask?: {
    readonly optional?: boolean
    readonly example?: string
    /** Several lines, such as a key file. */
    readonly long?: boolean
    /** The key under which the app keeps it. Default: `name`. */
    readonly key?: string
  }
}

/** How a hosting service is recognised, and what its panel does with what people type. */
export interface HostingTraits {
  /** Matches a lower-case host name of its name servers, without the final dot. */
  readonly servers: RegExp
  /** Whether its panel appends the zone to what is typed into the name field. Default true. */
  readonly panelWantsRelativeNames?: boolean
  /** Whether its panel appends the zone to a target without a final dot. Default false. */
  readonly targetNeedsFinalDot?: boolean
  /** Whether it can answer with what a CNAME leads to instead of the CNAME. Default false. */
  readonly flattensCnames?: boolean
}

/** Against what the adapter has been run: the service itself, a server of the kind, or a stand-in that keeps its rules. */
export type Proof = 'real service' | 'real server' | 'stand-in'

/** Everything about a DNS service that is not code. */
export interface ServiceEntry {
  /** Stable; `type` in JSON settings, the block's name in Terraform. */
  readonly id: string
  /** As messages name it: `Route 53`. */
  readonly label: string
  /** As forms and documents name it. Default: `label`. */
  readonly title?: string
  /** One or more sentences for documentation: what it is, and which credentials count where none are set. */
  readonly description: string
  /** For the form: where the credentials come from, and which rights they need. */
  readonly credentialsHelp: string
  /** Where credentials come from when no field is set, for tables: "AWS's own chain". */
  readonly credentialsFallback?: string
  readonly fields: readonly ServiceField[]
  readonly abilities: Abilities
  readonly proof: Proof
  /** Absent for servers that anybody may run under any name. */
  readonly hosting?: HostingTraits
}

type ValueOf<F extends ServiceField> = F['type'] extends 'integer'
  ? number
  : F['type'] extends 'list'
    ? string[]
    : F['options'] extends readonly (infer O extends string)[]
      ? O
      : string

/** The settings of a service as a type. Fields that lie in an object are left to the service. */
export type SettingsOf<E extends ServiceEntry> = { type: E['id'] } & {
  [F in E['fields'][number] as F['required'] extends true ? PlainName<F> : never]: ValueOf<F>
} & {
  [F in E['fields'][number] as F['required'] extends true ? never : PlainName<F>]?: ValueOf<F> | undefined
} & {
  /** Milliseconds per request. */
  timeout?: number | undefined
}

type PlainName<F extends ServiceField> = F['name'] extends `${string}.${string}` ? never : F['name']
