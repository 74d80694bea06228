/** The kinds of definitions, by the member of the provider that holds them. */
export type DefinitionKind =
  | 'provider'
  | 'resources'
  | 'dataSources'
  | 'ephemeralResources'
  | 'listResources'
  | 'actions'
  | 'functions'

type MemberType = 'function' | 'functions' | 'object' | 'string' | 'boolean' | 'version'

interface Kind {
  readonly what: string
  /** The operations that can have a time limit. */
  readonly operations?: readonly string[]
  readonly required: { readonly [name: string]: MemberType }
  readonly optional: { readonly [name: string]: MemberType }
}

const ABOUT = { description: 'string', deprecated: 'boolean', subcategory: 'string', validate: 'functions' } as const

const KINDS: { readonly [K in DefinitionKind]: Kind } = {
  provider: {
    what: 'a provider',
    required: { name: 'string' },
    optional: {
      ...ABOUT,
      schema: 'object',
      version: 'version',
      configure: 'function',
      shutdown: 'function',
      resources: 'object',
      dataSources: 'object',
      ephemeralResources: 'object',
      listResources: 'object',
      actions: 'object',
      functions: 'object',
    },
  },
  resources: {
    what: 'a resource',
    operations: ['create', 'read', 'update', 'delete'],
    required: { schema: 'object', create: 'function', read: 'function', delete: 'function' },
    optional: {
      ...ABOUT,
      version: 'version',
      timeouts: 'object',
      update: 'function',
      importState: 'function',
      modifyPlan: 'function',
      upgradeState: 'object',
      identity: 'object',
      moveState: 'function',
    },
  },
  dataSources: {
    what: 'a data source',
    operations: ['read'],
    required: { schema: 'object', read: 'function' },
    optional: { ...ABOUT, version: 'version', timeouts: 'object' },
  },
  ephemeralResources: {
    what: 'an ephemeral resource',
    required: { schema: 'object', open: 'function' },
    optional: { ...ABOUT, version: 'version', renew: 'function', close: 'function' },
  },
  listResources: {
    what: 'a list resource',
    required: { resource: 'object', schema: 'object', list: 'function' },
    optional: ABOUT,
  },
  actions: {
    what: 'an action',
    operations: ['invoke'],
    required: { schema: 'object', invoke: 'function' },
    optional: { ...ABOUT, timeouts: 'object', plan: 'function' },
  },
  functions: {
    what: 'a function',
    required: { returns: 'object', run: 'function' },
    optional: {
      summary: 'string',
      description: 'string',
      deprecated: 'string',
      parameters: 'object',
      variadic: 'object',
    },
  },
}

/**
 * Refuses a definition that misses what its kind needs, or has members that no kind of that name knows: a misspelt `importstate`
 * would be without effect. `where` is the place of the definition, such as `resources.toy_server`.
 */
export function checkDefinition(kind: DefinitionKind, where: string, definition: unknown): void {
  const { what, required, optional } = KINDS[kind]
  if (typeof definition !== 'object' || definition === null) {
    throw new TypeError(`${where}: found ${shown(definition)}, expected ${what} made by ${maker(kind)}.`)
  }
  const members = definition as { readonly [name: string]: unknown }
  const other = kindOf(members)
  if (other !== undefined && other !== kind && !fits(KINDS[kind], members)) {
    throw new TypeError(`${where}: found ${KINDS[other].what}, expected ${what}. List it under \`${other}\`.`)
  }
  checkMembers(where, what, members, { ...required, ...optional }, Object.keys(required))
  const { timeouts, identity, upgradeState } = members as { readonly [name: string]: Members }
  if (timeouts) {
    const operations = KINDS[kind].operations ?? []
    checkMembers(
      `${where}.timeouts`,
      `the timeouts of ${what}`,
      timeouts,
      Object.fromEntries(operations.map((name) => [name, 'string'])),
    )
    const idle = Object.keys(timeouts).find((name) => timeouts[name] !== undefined && members[name] === undefined)
    if (idle !== undefined) {
      throw new TypeError(
        `${where}.timeouts.${idle}: ${what} without \`${idle}\` has no use for this limit. Add \`${idle}\`, or leave the limit out.`,
      )
    }
  }
  if (identity) {
    const known = { schema: 'object', of: 'function', version: 'version' } as const
    checkMembers(`${where}.identity`, 'an identity', identity, known, ['schema', 'of'])
    if (Object.keys(identity.schema as object).length === 0) {
      throw new TypeError(`${where}.identity.schema: found no attributes, expected at least one that names the object.`)
    }
  }
  if (upgradeState) checkUpgrades(where, upgradeState, Number(members.version ?? 0))
}

type Members = { readonly [name: string]: unknown }

/** Each upgrade leads from an older version of the schema to the current one. */
function checkUpgrades(where: string, upgrades: Members, version: number): void {
  for (const [from, upgrade] of Object.entries(upgrades)) {
    if (!/^\d+$/.test(from) || Number(from) >= version) {
      throw new TypeError(
        `${where}.upgradeState.${from}: the schema has the version ${version}, so there is nothing to upgrade from ${from}. Raise \`version\`.`,
      )
    }
    if (!isOf('object', upgrade)) {
      throw new TypeError(
        `${where}.upgradeState.${from}: found ${shown(upgrade)}, expected stateUpgrade(schema, upgrade).`,
      )
    }
    const known = { schema: 'object', upgrade: 'function' } as const
    checkMembers(`${where}.upgradeState.${from}`, 'an upgrade', upgrade as Members, known, ['schema', 'upgrade'])
  }
}

function checkMembers(
  where: string,
  what: string,
  members: { readonly [name: string]: unknown },
  known: { readonly [name: string]: MemberType },
  required: readonly string[] = [],
): void {
  for (const name of Object.keys(members)) {
    if (Object.hasOwn(known, name) || members[name] === undefined) continue
    const meant = closest(name, Object.keys(known))
    const fix = meant === undefined ? `It has: ${Object.keys(known).join(', ')}.` : `Did you mean "${meant}"?`
    throw new TypeError(`${where}.${name}: there is no "${name}" in ${what}. ${fix}`)
  }
  for (const [name, type] of Object.entries(known)) {
    const value = members[name]
    if (value === undefined) {
      if (!required.includes(name)) continue
      throw new TypeError(`${where}.${name}: ${what} needs ${EXPECTED[type]} \`${name}\`, found nothing.`)
    }
    if (!isOf(type, value)) {
      throw new TypeError(`${where}.${name}: found ${shown(value)}, expected ${EXPECTED[type]}.`)
    }
  }
}

const EXPECTED: { readonly [T in MemberType]: string } = {
  function: 'a function',
  functions: 'a function, or a list of them,',
  object: 'an object',
  string: 'a text',
  boolean: 'true or false',
  version: 'a whole number from 0',
}

function isOf(type: MemberType, value: unknown): boolean {
  switch (type) {
    case 'functions':
      return Array.isArray(value) ? value.every((one) => typeof one === 'function') : typeof value === 'function'
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'version':
      return Number.isSafeInteger(value) && (value as number) >= 0
    default:
      return typeof value === type
  }
}

/** The one kind that a definition can be, by its members. */
function kindOf(members: { readonly [name: string]: unknown }): DefinitionKind | undefined {
  const kinds = (Object.keys(KINDS) as DefinitionKind[]).filter((kind) => fits(KINDS[kind], members))
  return kinds.length === 1 ? kinds[0] : undefined
}

const fits = ({ required, optional }: Kind, members: object) =>
  Object.entries(required).every(([name, type]) => isOf(type, (members as Record<string, unknown>)[name])) &&
  Object.keys(members).every((name) => Object.hasOwn(required, name) || Object.hasOwn(optional, name))

const maker = (kind: DefinitionKind) =>
  kind === 'functions' ? 'defineFunction()' : kind === 'provider' ? 'define.provider()' : `define.${singular(kind)}()`

const singular = (kind: string) => kind.replace(/s$/, '')

const shown = (value: unknown) =>
  value === undefined || value === null
    ? 'nothing'
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : Array.isArray(value)
        ? 'a list'
        : typeof value === 'object'
          ? 'an object'
          : typeof value === 'string'
            ? 'a text'
            : `a ${typeof value}`

/** The known name that a misspelt one is nearest to, if it is near enough. */
function closest(name: string, known: readonly string[]): string | undefined {
  const near = known
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance)[0]
  return near && near.distance <= Math.max(1, Math.floor(name.length / 4)) ? near.candidate : undefined
}

/** How many letters have to be changed, added or dropped, or swapped with their neighbour. */
function distance(left: string, right: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: right.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1
      const swapped = left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1] ? (before[j - 2] ?? i) + 1 : Infinity
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same, swapped)
    }
    ;[before, row] = [row, next]
  }
  return row[right.length] ?? 0
}
