import type { PlanOf, StateOf } from '../../src/index.ts'
import { defineWith, isKnown, oneOf, s } from '../../src/index.ts'
import type { ToyCloud } from './cloud.ts'

export const define = defineWith<ToyCloud>()

const schema = {
  id: s.string().computed().useStateForUnknown().describe('Given by the cloud.'),
  name: s.string().required().requiresReplace(),
  kind: s.string().default('small').validate(oneOf('small', 'large')),
  count_of: s.integer().default(1),
  ratio: s.number().optional(),
  enabled: s.bool().optional(),
  region: s.string().optional().computed(),
  status: s.string().computed(),
  address: s.string().computed().nullable(),
  big: s.bigint().optional(),
  exact: s.decimal().optional(),
  anything: s.dynamic().optional(),
  token: s.string().optional().sensitive(),
  password: s.string().optional().writeOnly(),
  password_version: s.integer().optional(),
  labels: s.map(s.string()).optional(),
  notes: s.list(s.string()).optional(),
  ports: s.set(s.integer()).optional(),
  matrix: s.list(s.list(s.number())).optional(),
  pair: s.tuple(s.string(), s.bool()).optional(),
  point: s.struct({ x: s.number(), y: s.number() }).optional(),
  settings: s
    .object({
      mode: s.string().default('fast'),
      level: s.integer().optional().computed(),
      engine: s.string().optional().requiresReplace(),
    })
    .optional(),
  placement: s.object({ zone: s.string().optional() }).optional().computed(),
  disks: s
    .list(s.object({ size: s.integer().required(), path: s.string().computed().useStateForUnknown() }))
    .optional()
    .elementKey('size'),
  members: s.map(s.object({ role: s.string().required(), joined: s.string().computed() })).optional(),
  peers: s.set(s.object({ host: s.string().required(), key: s.string().computed().useStateForUnknown() })).optional(),
  rule: s.blockList({ port: s.integer().required(), note: s.string().default('none') }, { max: 3 }),
  limit: s.block({ cpu: s.integer().optional(), burst: s.integer().computed() }),
  exclude: s.blockSet({ host: s.string().required() }),
}

/** Fills in all the toy cloud computes, from a plan. */
function computed(plan: PlanOf<typeof schema>, status: string) {
  return {
    status,
    address: null,
    region: isKnown(plan.region) ? plan.region : 'north',
    placement: isKnown(plan.placement) ? plan.placement : { zone: 'a' },
    settings: plan.settings && { ...plan.settings, level: isKnown(plan.settings.level) ? plan.settings.level : 7 },
    disks: plan.disks?.map((disk, index) => ({ ...disk, path: isKnown(disk.path) ? disk.path : `/dev/${index}` })),
    members:
      plan.members &&
      Object.fromEntries(
        Object.entries(plan.members).map(([name, member]) => [name, { ...member, joined: `by ${name}` }]),
      ),
    peers: plan.peers?.map((peer) => ({ ...peer, key: `key of ${peer.host}` })),
    limit: plan.limit && { ...plan.limit, burst: (plan.limit.cpu ?? 0) * 2 },
  }
}

/** A resource with every kind of attribute and block there is. */
export const server = define.resource({
  description: 'A server of the *toy* cloud.',
  version: 2,
  schema,
  timeouts: { create: '10m', delete: '5m' },
  create({ plan, config, client, private: priv, log }) {
    log.info('creating', { name: plan.name, token: plan.token })
    const result = computed(plan, 'created')
    const id = client.create({ ...plan, ...result, password: config.password })
    priv.set('made', { by: 'create' })
    return { ...result, id }
  },
  read({ state, client }) {
    const { password: _, ...found } = client.objects.get(state.id) ?? {}
    if (!client.objects.has(state.id)) return null
    return { ...(found as StateOf<typeof schema>), id: state.id }
  },
  update({ plan, config, state, client }) {
    const result = computed(plan, 'updated')
    client.update(state.id, { ...plan, ...result, password: config.password })
    return { ...result, id: state.id }
  },
  delete({ state, client, private: priv }) {
    if (!priv.get('made') && !state.name.startsWith('imported')) throw new Error('the private state is lost')
    client.delete(state.id)
  },
  importState({ id }) {
    return { id }
  },
  validate({ config, diagnostics }) {
    if (config.name === 'forbidden') diagnostics.error('Bad name', 'The name "forbidden" is taken.', ['name'])
    if (config.kind === 'large') diagnostics.warning('Large servers cost more', '', ['kind'])
  },
})
