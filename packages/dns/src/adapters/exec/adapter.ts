import { createHash } from 'node:crypto'
import type { Abilities, DnsAdapter, HostedZone, Json, RecordSet } from '../../engine/types.ts'
import { type ExecConfig, exec } from '../../services/exec.ts'
import { canonicalName, isWithin } from '../../wire/names.ts'
import { requireUnchanged } from '../compare-before-write.ts'
import { isObject, type JsonObject } from '../shape.ts'
import { badAnswer, programError, runProgram } from './run-program.ts'

/** How long one request to a program may take where nothing is set: it may be an interpreter that asks a slow service. */
const patience = 60_000

/**
 * A program of the user's as an adapter. It is started once for each request. Before each change it is asked once more what
 * stands there, unless it says that the service checks that itself.
 */
export async function execAdapter(
  config: ExecConfig,
  context: { env?: Readonly<Record<string, string | undefined>> | undefined } = {},
): Promise<DnsAdapter> {
  const { command, timeout = patience } = config
  if (!command[0])
    throw programError('configuration', 'The list "command" is empty.', 'Name the program, then its arguments.')
  const ask = (request: JsonObject & { method: string }, signal?: AbortSignal) =>
    runProgram(command, request, { timeout, env: context.env, signal })
  const described = await ask({ method: 'describe' })
  const abilities: Abilities = { ...exec.abilities, ...abilitiesIn(described.abilities) }
  const read = async (zone: HostedZone, names: readonly string[], signal?: AbortSignal): Promise<RecordSet[]> => {
    const { recordSets } = await ask({ method: 'read', zone: plainZone(zone), names: [...names] }, signal)
    if (!Array.isArray(recordSets)) throw badAnswer('read', 'lacks the list "recordSets"')
    return recordSets.map(toSet).filter((set) => names.includes(set.name))
  }
  return {
    service: 'exec',
    label: typeof described.label === 'string' ? described.label : exec.label,
    abilities,
    identity: identityOf(command),
    async findZone(name, { signal } = {}) {
      const wanted = canonicalName(name)
      const { zones } = await ask({ method: 'zones', name: wanted }, signal)
      if (!Array.isArray(zones)) throw badAnswer('zones', 'lacks the list "zones"')
      const holding = zones.map(toZone).filter((zone) => isWithin(wanted, zone.name))
      return holding.sort((left, right) => right.name.length - left.name.length)[0]
    },
    read: (zone, names, { signal } = {}) => read(zone, names, signal),
    async write(zone, changes, { signal } = {}) {
      if (!abilities.checksBeforeWriting) {
        const names = changes.map(({ name }) => name)
        const live = Map.groupBy(await read(zone, names, signal), (set) => set.name)
        for (const change of changes) requireUnchanged('exec', change, live.get(change.name) ?? [])
      }
      await ask({ method: 'change', zone: plainZone(zone), changes: changes as unknown as Json }, signal)
    },
  }
}

/** Another script, or another file that is given to it, is another target. One of the arguments may be a secret, so only a digest is kept. */
function identityOf([program, ...args]: readonly string[]): string {
  if (args.length === 0) return `the program ${program}`
  const digest = createHash('sha256').update(JSON.stringify(args)).digest('hex').slice(0, 12)
  return `the program ${program} (digest of its arguments ${digest})`
}

const plainZone = ({ id, name }: HostedZone) => ({ id, name })

const switches = ['canReplaceAtomically', 'canApplyAllAtomically', 'checksBeforeWriting', 'supportsTtl'] as const
const numbers = ['maximumNames', 'minimumTtl'] as const

function abilitiesIn(value: unknown): Partial<Abilities> {
  if (value === undefined) return {}
  if (!isObject(value)) throw badAnswer('describe', 'has "abilities" that are no object')
  const abilities: { [name: string]: boolean | number } = {}
  for (const name of switches) {
    if (value[name] === undefined) continue
    if (typeof value[name] !== 'boolean')
      throw badAnswer('describe', `has an ability "${name}" that is neither true nor false`)
    abilities[name] = value[name]
  }
  for (const name of numbers) {
    if (value[name] === undefined) continue
    if (!Number.isInteger(value[name]) || Number(value[name]) < 1)
      throw badAnswer('describe', `has a "${name}" that is no whole number`)
    abilities[name] = Number(value[name])
  }
  return abilities
}

function toZone(value: unknown): HostedZone {
  if (!isObject(value) || typeof value.name !== 'string') throw badAnswer('zones', 'has a zone without a "name"')
  const name = canonicalName(value.name)
  const nameServers = Array.isArray(value.nameServers)
    ? value.nameServers.map((server) => canonicalName(String(server)))
    : []
  return {
    id: typeof value.id === 'string' ? value.id : name,
    name,
    ...(nameServers.length > 0 ? { nameServers } : {}),
  }
}

function toSet(value: unknown): RecordSet {
  const { name, type, ttl, values, native } = isObject(value) ? value : {}
  const texts = Array.isArray(values) && values.length > 0 && values.every((each) => typeof each === 'string')
  if (typeof name !== 'string' || typeof type !== 'string' || !Number.isInteger(ttl) || !texts) {
    throw badAnswer('read', 'has a record set without "name", "type", "ttl" (whole seconds) and "values" (texts)')
  }
  return {
    name: canonicalName(name),
    type: type.toUpperCase(),
    ttl: ttl as number,
    values: [...(values as string[])].sort(),
    ...(native === undefined ? {} : { native: native as Json }),
  }
}
