import type { JsonValue } from '../encoding/json.ts'
import type { Attribute } from '../schema/attribute.ts'
import type { Path } from '../schema/path.ts'
import type {
  ConfigOf,
  FieldRole,
  Fields,
  PartialOf,
  PlanOf,
  ProposedOf,
  ResultOf,
  SettingsOf,
  StateOf,
  Views,
} from '../schema/views.ts'
import type { DeferrableContext } from './defer.ts'
import type { ClientContext, Context, PrivateState } from './request.ts'

type MaybePromise<T> = T | Promise<T>

/** Attributes that identify a remote object (Terraform 1.12 and later). Simple values, required ones first. */
export type IdentityFields = { readonly [name: string]: Attribute<Views, FieldRole> }

export interface SchemaDefinition<A extends Fields> {
  /** Attributes and blocks by name, made with `s`. */
  readonly schema: A
  /** The version of the schema, from 0. Raise it when stored states need `upgradeState`. */
  readonly version?: number
  /** What it is, for documentation (Markdown). */
  readonly description?: string
  readonly deprecated?: boolean
  /** The heading of the registry's menu below which its page stands. */
  readonly subcategory?: string
}

/** Default time limits as Go durations (`90s`, `10m`, `1h30m`). Users override them in a `timeouts` block. */
export interface Timeouts {
  readonly create?: string
  readonly read?: string
  readonly update?: string
  readonly delete?: string
}

export interface CreateRequest<Client, A> extends ClientContext<Client> {
  readonly plan: PlanOf<A>
  /** The configuration. The only place where write-only values are. */
  readonly config: SettingsOf<A>
  readonly private: PrivateState
  /**
   * Stores what exists so far. If a later step fails, Terraform keeps it (marked as tainted) instead of losing track of
   * an object that was made.
   */
  save(partial: PartialOf<A>): void
}

export interface ReadRequest<Client, A> extends DeferrableContext<Client> {
  /** What is stored. Right after an import, everything `importState` did not set is null. */
  readonly state: StateOf<A>
  readonly private: PrivateState
}

export interface UpdateRequest<Client, A> extends CreateRequest<Client, A> {
  readonly state: StateOf<A>
}

export interface DeleteRequest<Client, A> extends ClientContext<Client> {
  readonly state: StateOf<A>
  readonly private: PrivateState
}

export interface ImportRequest<Client, Identity> extends DeferrableContext<Client> {
  /** The identifier the user gave; empty when an identity was given. */
  readonly id: string
  /** The identity of an `import` block that names one; otherwise null. */
  readonly identity: Identity | null
  readonly private: PrivateState
}

interface PlanContext<Client> extends DeferrableContext<Client> {
  readonly private: PrivateState
  /** Asks for replacement because of the attribute at `path`. */
  requiresReplace(...path: Path): void
}

export type ModifyPlanRequest<Client, A> = PlanContext<Client> &
  (
    | { readonly action: 'create'; readonly config: ConfigOf<A>; readonly state: null; readonly plan: ProposedOf<A> }
    | {
        readonly action: 'update'
        readonly config: ConfigOf<A>
        readonly state: StateOf<A>
        readonly plan: ProposedOf<A>
      }
    | { readonly action: 'delete'; readonly config: null; readonly state: StateOf<A>; readonly plan: null }
  )

export interface ValidateRequest<A> extends Context {
  readonly config: ConfigOf<A>
}

/** One check, or several that all run. */
export type Validate<A> = Check<A> | readonly Check<A>[]
type Check<A> = (request: ValidateRequest<A>) => MaybePromise<void>

/** Another resource's state, offered by a `moved` block whose source is of another type. */
export interface MoveRequest extends Context {
  readonly source: {
    /** Such as `registry.terraform.io/hashicorp/aws`. */
    readonly provider: string
    readonly type: string
    readonly version: number
    /** Numbers are JavaScript numbers where those are exact, else bigint or decimal text. */
    readonly state: { readonly [name: string]: JsonValue }
  }
}

/** How to turn a state of an older schema version into one of the current version. Made by `stateUpgrade`. */
export interface StateUpgrade<New> {
  readonly schema: Fields
  upgrade(old: never, context: Context): MaybePromise<New>
}

/** A managed resource. Optional abilities are optional members. */
export interface ResourceDefinition<Client, A extends Fields, I extends IdentityFields> extends SchemaDefinition<A> {
  readonly timeouts?: Timeouts
  /** Makes the object. Returns its computed values; what the plan knows already need not be repeated. */
  create(request: CreateRequest<Client, A>): MaybePromise<ResultOf<A>>
  /** Looks the object up. Returns all that can drift, or null when it is gone. What is left out keeps its value. */
  read(request: ReadRequest<Client, A>): MaybePromise<ResultOf<A> | null>
  /** Changes the object in place. Without it, every change replaces the resource. */
  update?(request: UpdateRequest<Client, A>): MaybePromise<ResultOf<A>>
  /** Removes the object. An object that is already gone is a success. */
  delete(request: DeleteRequest<Client, A>): MaybePromise<void>
  /** Starts an import: returns enough for `read` to fetch the rest. */
  importState?(request: ImportRequest<Client, PartialOf<I>>): MaybePromise<PartialOf<A>>
  /** Changes the plan as a whole. Returned fields replace the planned ones. Also told of a planned delete. */
  modifyPlan?(request: ModifyPlanRequest<Client, A>): MaybePromise<Partial<ProposedOf<NoInfer<A>>> | undefined>
  /** Checks that span several attributes. */
  readonly validate?: Validate<A>
  /** By the version of the stored state. Each leads straight to the current version. */
  readonly upgradeState?: { readonly [version: number]: StateUpgrade<PartialOf<NoInfer<A>>> }
  readonly identity?: {
    readonly schema: I
    readonly version?: number
    /** The identity of an object, from its state. */
    of(state: StateOf<A>): ResultOf<I>
  }
  /** Takes over the state of another resource type, or returns undefined when it does not know that type. */
  moveState?(request: MoveRequest): MaybePromise<PartialOf<A> | undefined>
}

/** A definition among others, its own field types forgotten. The framework hands it values of its own schema only. */
export interface Resource<Client, A extends Fields = Fields, I extends IdentityFields = IdentityFields> {
  readonly definition: ResourceDefinition<Client, Fields, IdentityFields>
  readonly kind?: 'resource'
  /** For the compiler only: what a list of these resources has to tell. */
  readonly types?: { readonly schema: A; readonly identity: I }
}

/** Ties an old schema to the function that upgrades its states, so that the function's argument is typed. */
export function stateUpgrade<Old extends Fields, New>(
  schema: Old,
  upgrade: (old: StateOf<Old>, context: Context) => MaybePromise<New>,
): StateUpgrade<New> {
  return { schema, upgrade }
}
