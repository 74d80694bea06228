import type { DnsAdapter, RecordSet } from '@dmarc-as-code/dns/apply'
import { defineWith } from '@dmarc-as-code/terraform-plugin'
import { liveValues, readSets, writeSets } from './live-sets.ts'
import { recordSchema } from './record-schema.ts'
import { zoneNameOf } from './zone-id.ts'

const define = defineWith<DnsAdapter>()

interface Place {
  readonly zone_id: string
  readonly name: string
  readonly type: string
}

/** Route 53's own form of a name: lower case, without the final dot; what lies outside the zone is within it. */
function fqdnOf({ zone_id, name }: Place): string {
  const zone = zoneNameOf(zone_id)
  const plain = name.toLowerCase().replace(/\.$/, '')
  return plain === zone || plain.endsWith(`.${zone}`) ? plain : `${plain}.${zone}`
}

const idOf = (place: Place) => `${place.zone_id}_${place.name.toLowerCase()}_${place.type}`

async function find(client: DnsAdapter, place: Place): Promise<{ all: RecordSet[]; own: RecordSet | undefined }> {
  const all = await readSets(client, zoneNameOf(place.zone_id), fqdnOf(place))
  return { all, own: all.find((set) => set.type === place.type) }
}

async function write(client: DnsAdapter, place: Place, before: RecordSet[], after: RecordSet[]): Promise<void> {
  await writeSets(client, zoneNameOf(place.zone_id), [{ name: fqdnOf(place), before, after }])
}

interface Wanted extends Place {
  readonly ttl: number | null
  readonly records: readonly string[] | null
}

function setOf(plan: Wanted): RecordSet {
  const values = liveValues(plan.type, plan.records ?? [])
  return { name: fqdnOf(plan), type: plan.type, ttl: plan.ttl ?? 300, values }
}

/** `aws_route53_record` as far as simple records go, written into a live DNS server. */
export const record = define.resource({
  schema: recordSchema,
  timeouts: { create: '30m', update: '30m', delete: '30m' },
  async create({ plan, client }) {
    const { all, own } = await find(client, plan)
    if (own && plan.allow_overwrite !== true) {
      throw new Error(
        `InvalidChangeBatch: [Tried to create resource record set [name='${fqdnOf(plan)}.', type='${plan.type}'] but it already exists]`,
      )
    }
    await write(client, plan, all, [...all.filter((set) => set !== own), setOf(plan)])
    return computed(plan)
  },
  async read({ state, client }) {
    const { own } = await find(client, state)
    if (!own) return null
    // Route 53 gives values back as they were written, with or without the final dot.
    const written = state.records ?? []
    const values = own.values.map((value) => {
      const other = own.type === 'CNAME' ? value.replace(/\.$/, '') : value.slice(1, -1)
      if (written.includes(value)) return value
      return own.type === 'CNAME' || written.includes(other) ? other : value
    })
    return { ...state, fqdn: fqdnOf(state), ttl: own.ttl, records: values }
  },
  async update({ plan, client }) {
    const { all, own } = await find(client, plan)
    await write(client, plan, all, [...all.filter((set) => set !== own), setOf(plan)])
    return computed(plan)
  },
  async delete({ state, client }) {
    const { all, own } = await find(client, state)
    if (own)
      await write(
        client,
        state,
        all,
        all.filter((set) => set !== own),
      )
  },
  importState({ id }) {
    const [, zone_id, name, type] = /^([^_]+)_(.+)_([A-Z]+)$/.exec(id) ?? []
    if (!zone_id || !name || !type) throw new Error(`Found ${id}, expected ZONEID_NAME_TYPE.`)
    return { id, zone_id, name, type }
  },
})

function computed(plan: Wanted & { readonly allow_overwrite?: unknown }) {
  const allow_overwrite = typeof plan.allow_overwrite === 'boolean' ? plan.allow_overwrite : false
  return { id: idOf(plan), fqdn: fqdnOf(plan), allow_overwrite }
}
