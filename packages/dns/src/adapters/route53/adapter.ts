import type { Change, ResourceRecordSet, Route53Client } from '@aws-sdk/client-route-53'
import { DnsServiceError } from '../../engine/errors.ts'
import type { DnsAdapter, HostedZone, NameChange, RecordSet } from '../../engine/types.ts'
import { type Route53Config, route53 } from '../../services/route53.ts'
import { canonicalName } from '../../wire/names.ts'
import { setsToAdd, setsToRemove } from '../compare-before-write.ts'
import { pause, type Sleep } from '../http.ts'
import { ZoneDirectory } from '../zone-directory.ts'
import { route53Caller } from './call.ts'
import { fetchHandler } from './fetch-handler.ts'
import { toRoute53Name } from './names.ts'
import { type ListSets, listZone, route53Reader } from './read.ts'
import { route53Zones } from './zones.ts'

type Sdk = typeof import('@aws-sdk/client-route-53')

/**
 * Amazon Route 53 by the official SDK, which is a peer dependency and loaded here. Batches are transactions, and only
 * CREATE and DELETE are used: UPSERT would overwrite what somebody else put there meanwhile.
 */
export async function route53Adapter(
  config: Route53Config,
  context: { fetch?: typeof fetch | undefined; sleep?: Sleep | undefined; clock?: (() => number) | undefined } = {},
): Promise<DnsAdapter> {
  const sdk = await loadSdk()
  const client = createClient(sdk, config, context.fetch)
  const { sleep = pause, clock = () => performance.now() } = context
  const call = route53Caller(sleep, clock)
  const within = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {})
  const zones = new ZoneDirectory({
    ...route53Zones((position, signal) =>
      call(() => client.send(new sdk.ListHostedZonesByNameCommand(position), within(signal)), signal),
    ),
    clock,
  })
  const listSets: ListSets = (request, signal) =>
    call(() => client.send(new sdk.ListResourceRecordSetsCommand(request), within(signal)), signal)
  const readNames = route53Reader(listSets)
  return {
    service: 'route53',
    label: 'Route 53',
    abilities: route53.abilities,
    identity: `the API at ${config.endpoint ?? 'its public endpoint'}`,
    async findZone(name, options) {
      return chooseZone(await zones.holding(canonicalName(name), options), config.hostedZoneId)
    },
    async nameServers(zone, { signal } = {}) {
      const command = new sdk.GetHostedZoneCommand({ Id: zone.id })
      const { DelegationSet } = await call(() => client.send(command, within(signal)), signal)
      return (DelegationSet?.NameServers ?? []).map(canonicalName)
    },
    read: (zone, names, { signal } = {}) => readNames(zone, names, signal),
    list: (zone, { signal } = {}) => listZone(listSets, zone, signal),
    async write(zone, changes, { signal } = {}) {
      const batch = { Comment: 'dmarc-as-code', Changes: changes.flatMap(toChanges) }
      const command = new sdk.ChangeResourceRecordSetsCommand({ HostedZoneId: zone.id, ChangeBatch: batch })
      // Accepted is done: what remains is that every server of Route 53 gets it, usually within a minute, and that cannot
      // fail. Waiting for it would cost a dozen requests and half a minute a zone; who needs to know what resolvers see
      // asks the DNS.
      await call(() => client.send(command, within(signal)), signal, { repeatable: false })
    },
    async close() {
      client.destroy()
    },
  }
}

async function loadSdk(): Promise<Sdk> {
  try {
    return await import('@aws-sdk/client-route-53')
  } catch (cause) {
    const missing = /Cannot find (package|module) '@aws-sdk\/client-route-53'/.test(String(cause))
    if (!missing) throw cause
    throw new DnsServiceError(
      {
        service: 'route53',
        kind: 'configuration',
        message: 'Route 53 needs the package @aws-sdk/client-route-53, which is not installed.',
        fix: 'Run: npm install @aws-sdk/client-route-53',
      },
      { cause },
    )
  }
}

function createClient(sdk: Sdk, config: Route53Config, send: typeof fetch | undefined): Route53Client {
  const { accessKeyId, secretAccessKey, sessionToken, timeout = 20_000 } = config
  return new sdk.Route53Client({
    region: config.region ?? 'us-east-1',
    // What may be repeated, and at which pace, is decided here (route53-call.ts).
    maxAttempts: 1,
    requestHandler: send
      ? fetchHandler(send, timeout)
      : { connectionTimeout: Math.min(timeout, 5000), requestTimeout: timeout },
    ...(config.endpoint ? { endpoint: config.endpoint } : {}),
    ...(config.profile ? { profile: config.profile } : {}),
    ...(accessKeyId && secretAccessKey
      ? { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } }
      : {}),
  })
}

function chooseZone(zones: readonly HostedZone[], wantedId: string | undefined): HostedZone | undefined {
  const holding = [...zones].sort((left, right) => right.name.length - left.name.length)
  const chosen = wantedId ? holding.find((zone) => zone.id === wantedId) : holding[0]
  const twins = holding.filter((zone) => zone.name === chosen?.name)
  if (twins.length < 2 || wantedId) return chosen
  throw new DnsServiceError({
    service: 'route53',
    kind: 'configuration',
    message: `There are ${twins.length} public zones named ${chosen?.name}: ${twins.map((zone) => zone.id).join(', ')}.`,
    fix: 'Set hostedZoneId to the one that the domain is delegated to.',
  })
}

function toChanges(change: NameChange): Change[] {
  return [
    ...setsToRemove(change).map((set): Change => ({ Action: 'DELETE', ResourceRecordSet: fromSet(set) })),
    ...setsToAdd(change).map((set): Change => ({ Action: 'CREATE', ResourceRecordSet: fromSet(set) })),
  ]
}

function fromSet(set: RecordSet): ResourceRecordSet {
  const native = (set.native ?? {}) as Partial<ResourceRecordSet>
  const data = native.AliasTarget ? {} : { TTL: set.ttl, ResourceRecords: set.values.map((Value) => ({ Value })) }
  return { ...native, Name: toRoute53Name(set.name), Type: set.type as ResourceRecordSet['Type'], ...data }
}
