// The pieces of code in the README, as one file that is compiled and run by the tests.
import {
  ArgumentError,
  alsoRequires,
  any,
  type Context,
  conflicting,
  DiagnosticError,
  defineFunction,
  defineWith,
  dynamic,
  exactlyOneOf,
  isKnown,
  isSet,
  matches,
  oneOf,
  providerSchemaJson,
  s,
  stateUpgrade,
  Unknown,
  uniqueBy,
  within,
} from '@dmarc-as-code/terraform-plugin'

interface Cloud {
  create(input: object): Promise<{ id: string; address: string }>
  get(id: string, options: { signal: AbortSignal }): Promise<{ id: string; name: string; address: string } | undefined>
  boot(id: string, options: { signal: AbortSignal }): Promise<void>
  remove(id: string): Promise<void>
  token(role: string): Promise<{ secret: string; lease: string; expires: Date }>
  all(options: { signal: AbortSignal }): AsyncIterable<{ id: string; name: string; address: string }>
  revoke(lease: unknown): Promise<void>
}

/** A cloud in memory. */
const machines = new Map<string, { id: string; name: string; address: string }>()
const cloud: Cloud = {
  async create(input) {
    const entry = { id: `s-${machines.size + 1}`, name: String(Object.values(input)[0]), address: '192.0.2.1' }
    machines.set(entry.id, entry)
    return entry
  },
  get: async (id) => machines.get(id),
  async boot() {},
  async remove(id) {
    machines.delete(id)
  },
  token: async () => ({ secret: 's', lease: 'l', expires: new Date(0) }),
  async *all() {
    yield* machines.values()
  },
  async revoke() {},
}

const define = defineWith<Cloud>()

export const schema = {
  // who sets it
  name: s.string().required(),
  note: s.string().optional(), // null where it is not set
  size: s.integer().default(1), // never null in plan and state
  id: s.string().computed(), // the provider sets it
  region: s.string().optional().computed(), // the user may, else the provider does
  expires: s.string().computed().nullable(), // computed, and may turn out to be null

  // types
  ratio: s.number().optional(),
  serial: s.bigint().optional(), // whole numbers of any size
  price: s.decimal().optional(), // digits as text
  enabled: s.bool().optional(),
  labels: s.map(s.string()).optional(),
  ports: s.set(s.integer()).optional(),
  pair: s.tuple(s.string(), s.bool()).optional(),
  point: s.struct({ x: s.number(), y: s.number() }).optional(),
  extra: s.dynamic().optional(),

  // nested attributes: one, a list, a set or a map of them
  login: s.object({ user: s.string().required(), shell: s.string().default('sh') }).optional(),
  disks: s.list(s.object({ gb: s.integer().required(), device: s.string().computed() })).optional(),

  // blocks
  limits: s.block({ cpu: s.integer().optional() }),
  rule: s.blockList({ port: s.integer().required() }, { max: 10 }),

  // secrets
  token: s.string().optional().sensitive(),
  password: s.string().optional().writeOnly(),
}

export const rules = {
  kind: s.string().required().validate(oneOf('small', 'large')),
  even: s
    .integer()
    .optional()
    .validate((value) => (isKnown(value) && value % 2 ? `Found ${value}, expected an even number.` : undefined)),
  zone: s.string().required().requiresReplace(),
  tier: s
    .string()
    .optional()
    .requiresReplaceIf(({ state }) => state === 'gold'),
  created: s.string().computed().useStateForUnknown(),
  slug: s
    .string()
    .computed()
    .modifyPlan(({ state }) => (state === null ? { plan: Unknown } : { plan: state })),
}

const texts = {
  policy: s.json().optional(), // white space and the order of members are no change
  retention: s.duration().default('24h'), // 24h is 1440m
  address: s.ipAddress().optional(), // or ipAddress(4), ipAddress(6)
  network: s.cidr().optional(),
  starts: s.dateTime().optional(), // RFC 3339
  host: s.domainName().required(),
  aliases: s.list(s.domainName()).unordered().optional(),
  email: s
    .string()
    .optional()
    .sameAs((left, right) => left.toLowerCase() === right.toLowerCase()),
}

const checked = define.resource({
  schema: {
    image: s.string().optional(),
    snapshot: s.string().optional(),
    port: s
      .string()
      .optional()
      .validate(any(oneOf('auto'), matches(/^\d+$/, 'digits'))),
    login: s.object({ user: s.string().optional(), key: s.string().optional() }).optional(),
    rule: s
      .blockList({ name: s.string().required(), port: s.integer().optional(), range: s.string().optional() })
      .validate(uniqueBy('name')),
  },
  validate: [
    exactlyOneOf('image', 'snapshot'),
    alsoRequires('login.key', 'login.user'),
    within('rule', conflicting('port', 'range')),
    ({ config, diagnostics }) => {
      if (isSet(config.image) && config.image.endsWith(':latest'))
        diagnostics.warning('Not a fixed image', 'Found ":latest", expected a version.', ['image'])
    },
  ],
  create: () => ({}),
  read: ({ state }) => state,
  delete() {},
})

export const server = define.resource({
  schema: {
    id: s.string().computed().useStateForUnknown(),
    name: s.string().required(),
    image: s.string().optional(),
    snapshot: s.string().optional(),
    address: s.string().computed(),
  },
  version: 1,
  timeouts: { create: '10m', delete: '5m' },
  validate: exactlyOneOf('image', 'snapshot'),
  async create({ plan, client, signal, save, log }) {
    const { id, address } = await client.create({ name: plan.name, image: plan.image })
    save({ id, address }) // from here on Terraform knows the object, whatever happens
    log.info('booting', { id })
    await client.boot(id, { signal })
    return { id, address }
  },
  async read({ state, client, signal }) {
    return (await client.get(state.id, { signal })) ?? null
  },
  async delete({ state, client }) {
    await client.remove(state.id)
  },
  modifyPlan({ action, state, diagnostics }) {
    if (action === 'delete' && state.name.startsWith('prod')) {
      diagnostics.warning('A production server goes away', `${state.name} is part of the plan.`)
    }
    return undefined
  },
  importState({ id: given, identity }) {
    const id = identity?.id ?? given
    if (!/^srv-/.test(id)) throw new DiagnosticError('Wrong id', `Found "${id}", expected one like "srv-1".`)
    return { id }
  },
  upgradeState: {
    0: stateUpgrade({ id: s.string().computed(), title: s.string().required() }, (old) => ({
      id: old.id,
      name: old.title,
    })),
  },
  moveState: ({ source }) =>
    source.type === 'other_server'
      ? { id: String(source.state.server_id), name: String(source.state.name) }
      : undefined,
  identity: { schema: { id: s.string().required() }, of: (state) => ({ id: state.id }) },
})

export const image = define.dataSource({
  schema: { name: s.string().required(), id: s.string().computed().nullable() },
  async read({ config, client, signal }) {
    return { id: (await client.get(config.name, { signal }))?.id ?? null }
  },
})

export const token = define.ephemeralResource({
  schema: { role: s.string().required(), secret: s.string().computed().sensitive() },
  async open({ config, client, private: priv }) {
    const { secret, lease, expires } = await client.token(config.role)
    priv.set('lease', lease)
    return { result: { secret }, renewAt: expires }
  },
  close: ({ client, private: priv }) => client.revoke(priv.get('lease')),
})

export const slug = defineFunction({
  summary: 'Joins words with dashes.',
  parameters: { first: s.string() },
  variadic: s.string(),
  returns: s.string(),
  run({ first }, rest) {
    const empty = rest.indexOf('')
    if (empty >= 0) throw new ArgumentError({ rest: empty }, 'Found an empty text, expected a word.')
    return [first, ...rest].join('-').toLowerCase()
  },
})

export const serverList = define.listResource({
  resource: server,
  schema: { prefix: s.string().default('').describe('Only servers whose name starts with this.') },
  async *list({ config, client, includeResource, signal }) {
    for await (const { id, name, address } of client.all({ signal })) {
      if (!name.startsWith(config.prefix)) continue
      yield { name, identity: { id }, ...(includeResource && { resource: { id, name, address } }) }
    }
  },
})

export const reboot = define.action({
  schema: { id: s.string().required(), hard: s.bool().default(false) },
  timeouts: { invoke: '5m' },
  async invoke({ config, client, progress, signal }) {
    progress(`stopping ${config.id}${config.hard ? ' at once' : ''}`)
    await client.boot(config.id, { signal })
    progress(`${config.id} is up`)
  },
})

export function report({ diagnostics }: Context): void {
  diagnostics.warning('Large servers cost more', 'Found "large", expected "small" in most cases.', ['rule', 0, 'port'])
}

export const anything = dynamic({ list: [1, 'two'] })

export default define.provider({
  name: 'cloud',
  schema: { region: s.string().default('north') },
  configure({ config: { region }, defer }) {
    if (!isKnown(region)) return defer('The region must be known to list its servers.')
    return cloud
  },
  resources: {
    cloud_server: server,
    cloud_checked: checked,
    cloud_texts: define.resource({ schema: texts, create: () => ({}), read: ({ state }) => state, delete() {} }),
    cloud_rules: define.resource({
      schema: rules,
      create: () => ({ created: 'now', slug: 's' }),
      read: ({ state }) => state,
      delete() {},
    }),
    cloud_all: define.resource({
      schema,
      create: ({ plan }) => ({
        id: 'i',
        region: isKnown(plan.region) ? plan.region : 'north',
        expires: null,
        disks: plan.disks?.map((disk, index) => ({ gb: disk.gb, device: `sd${index}` })),
      }),
      read: ({ state }) => state,
      delete() {},
    }),
  },
  dataSources: { cloud_image: image },
  ephemeralResources: { cloud_token: token },
  listResources: { cloud_server: serverList },
  actions: { cloud_reboot: reboot },
  functions: { slug },
})

export const schemaJson = (provider: Parameters<typeof providerSchemaJson>[0]) =>
  providerSchemaJson(provider, { source: 'registry.terraform.io/example/cloud' })
