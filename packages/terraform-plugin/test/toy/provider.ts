import {
  ArgumentError,
  DiagnosticError,
  defineFunction,
  isKnown,
  lengthBetween,
  s,
  stateUpgrade,
} from '../../src/index.ts'
import { ToyCloud } from './cloud.ts'
import { define, server } from './server.ts'

/** Has no update: every change replaces it. Its first schema called `title` `name`. */
const ticket = define.resource({
  version: 1,
  schema: {
    id: s.string().computed().useStateForUnknown(),
    title: s.string().required(),
    seat: s.integer().optional(),
  },
  create: ({ plan, client }) => ({ id: client.create({ ...plan }) }),
  read: ({ state, client }) => {
    const found = client.objects.get(state.id)
    return found ? { id: state.id, title: String(found.title) } : null
  },
  delete: ({ state, client }) => client.delete(state.id),
  importState: ({ id: given, identity, client }) => {
    const id = identity?.id ?? given
    if (!client.objects.has(id)) throw new DiagnosticError('No such ticket', `The cloud has no ticket "${id}".`)
    return { id }
  },
  upgradeState: {
    0: stateUpgrade({ id: s.string().computed(), name: s.string().required() }, (old) => ({
      id: old.id,
      title: old.name,
    })),
  },
  identity: { schema: { id: s.string().required() }, of: (state) => ({ id: state.id }) },
  moveState: ({ source }) =>
    source.type === 'toy_server' ? { id: String(source.state.id), title: String(source.state.name) } : undefined,
})

/** Finds tickets page by page, two at a time; what it read and that it was left is in the cloud's calls. */
const tickets = define.listResource({
  resource: ticket,
  description: 'The tickets of the *toy* cloud.',
  schema: {
    title: s.string().optional().validate(lengthBetween(1, 20)).describe('Only tickets whose title holds this text.'),
    page: s.integer().default(2),
  },
  validate({ config, diagnostics }) {
    if (config.title === 'forbidden') diagnostics.error('Bad title', 'The title "forbidden" is taken.', ['title'])
  },
  async *list({ config, client, includeResource, diagnostics }) {
    const all = [...client.objects].filter(([, { title }]) => title !== undefined)
    const found = all.filter(([, { title }]) => config.title === null || String(title).includes(config.title))
    if (found.length === 0 && all.length > 0) diagnostics.warning('No ticket', `None of ${all.length} fits.`, ['title'])
    try {
      for (let at = 0; at < found.length; at += config.page) {
        client.calls.push(`page ${at / config.page}`)
        for (const [id, { title, broken }] of found.slice(at, at + config.page)) {
          if (broken) throw new DiagnosticError('A broken ticket', `Ticket ${id} cannot be read.`)
          const resource = { id, title: String(title), seat: null }
          yield { name: String(title), identity: { id }, ...(includeResource && { resource }) }
        }
      }
    } finally {
      client.calls.push('left the list')
    }
  },
})

/** Takes until it is stopped, and tells the cloud what it saw. */
const slow = define.resource({
  schema: { id: s.string().computed().useStateForUnknown(), partial: s.bool().default(false) },
  timeouts: { create: '30s' },
  async create({ plan, client, signal, save }) {
    const id = client.create({ slow: true })
    if (plan.partial) save({ id })
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
    return { id }
  },
  read: ({ state }) => state,
  delete: ({ state, client }) => client.delete(state.id),
})

const lookup = define.dataSource({
  schema: {
    name: s.string().required(),
    kinds: s.list(s.string()).default(['any']),
    id: s.string().computed().nullable(),
  },
  read({ config, client }) {
    const found = [...client.objects].find(([, object]) => object.name === config.name)
    return { id: found ? found[0] : null }
  },
})

const credential = define.ephemeralResource({
  schema: { user: s.string().required(), secret: s.string().computed().sensitive() },
  open({ config, client, private: priv }) {
    client.calls.push(`open ${config.user}`)
    priv.set('user', config.user)
    return { result: { secret: `secret-of-${config.user}` } }
  },
  close({ client, private: priv }) {
    client.calls.push(`close ${priv.get('user')}`)
  },
})

/** Restarts a server: tells the cloud, and the user what it does. */
const restart = define.action({
  description: 'Restarts a *toy* server.',
  schema: {
    name: s.string().required().validate(lengthBetween(1, 20)),
    mode: s.string().default('soft'),
    key: s.string().optional().writeOnly(),
    limit: s.block({ seconds: s.integer().optional() }),
  },
  timeouts: { invoke: '30s' },
  plan({ config, diagnostics, defer, client }) {
    client.calls.push(`plan restart ${isKnown(config.name) ? config.name : 'unknown'}`)
    if (config.name === 'absent') return defer('The server does not exist yet.', 'absent-prerequisite')
    if (config.mode === 'hard') diagnostics.warning('Hard restarts lose data', '', ['mode'])
  },
  async invoke({ config, client, progress, signal, diagnostics }) {
    client.calls.push(`restart ${config.name} ${config.mode} ${config.key}`)
    progress(`stopping ${config.name} with ${config.key ?? 'no key'}`)
    if (config.mode === 'wait') {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
    }
    await Promise.resolve()
    progress(`starting ${config.name}`)
    if (config.mode === 'broken') diagnostics.error('The server stays down', 'It does not start.', ['mode'])
  },
})

const join = defineFunction({
  summary: 'Joins texts.',
  description: 'Joins **texts** with a separator.',
  parameters: { separator: s.string().describe('Goes between.'), limit: s.integer().nullable() },
  variadic: s.string(),
  returns: s.string(),
  run({ separator, limit }, texts) {
    const empty = texts.indexOf('')
    if (empty >= 0) throw new ArgumentError({ rest: empty }, 'Found an empty text, expected a word.')
    return texts.slice(0, limit ?? texts.length).join(separator)
  },
})

const describe = defineFunction({
  parameters: { point: s.struct({ x: s.number(), y: s.number() }) },
  returns: s.object({ text: s.string().required(), far: s.bool().optional() }),
  run: ({ point: { x, y } }) => ({ text: `${x}/${y}` }),
})

/** A provider that uses every feature of the framework, on a cloud in memory. */
export function toyProvider(cloud: ToyCloud = new ToyCloud()) {
  return define.provider({
    name: 'toy',
    description: 'Manages a cloud that is not there.',
    schema: {
      token: s.string().optional().sensitive().describe('Opens the cloud.'),
      retries: s.integer().default(3),
      proxy: s.block({ url: s.string().required() }),
    },
    configure({ config, diagnostics }) {
      if (config.token === 'expired-token')
        diagnostics.error('Token refused', `The cloud refuses ${config.token}.`, ['token'])
      if (config.retries !== 3) diagnostics.warning('Retries changed', `Found ${String(config.retries)}.`, ['retries'])
      return cloud
    },
    resources: { toy_server: server, toy_ticket: ticket, toy_slow: slow },
    dataSources: { toy_lookup: lookup },
    ephemeralResources: { toy_credential: credential },
    listResources: { toy_ticket: tickets },
    actions: { toy_restart: restart },
    functions: { join, describe },
  })
}
