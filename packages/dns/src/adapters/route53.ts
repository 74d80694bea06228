import { setTimeout as delay } from 'node:timers/promises'
import type { Change, ResourceRecordSet, Route53Client, Route53ClientConfig } from '@aws-sdk/client-route-53'
import { DnsServiceError } from '../engine/errors.ts'
import { matchesSet } from '../engine/record-sets.ts'
import type { DnsAdapter, HostedZone, Json, NameChange, RecordSet } from '../engine/types.ts'
import { mapLimit } from '../limit.ts'
import { canonicalName, isWithin } from '../rfc2136/name.ts'
import { shareInFlight } from '../share.ts'
import type { Sleep } from './http.ts'
import type { Route53Config } from './route53-config.ts'
import { route53Error } from './route53-errors.ts'
import { fromRoute53Name, toRoute53Name } from './route53-names.ts'

type Sdk = typeof import('@aws-sdk/client-route-53')

/**
 * Amazon Route 53 by the official SDK, which is a peer dependency and loaded here. Batches are transactions, and only
 * CREATE and DELETE are used: UPSERT would overwrite what somebody else put there meanwhile.
 */
export async function route53Adapter(
  config: Route53Config,
  context: { sleep?: Sleep | undefined } = {},
): Promise<DnsAdapter> {
  const sdk = await loadSdk()
  // Five requests a second are all that an account has: after the first refusal the SDK slows down to what it gets.
  const client = createClient(sdk, config, { retryMode: 'adaptive', maxAttempts: 10 })
  // A repeated batch can meet its own first effect and look refused, so only what was refused for its pace is repeated.
  const writer = createClient(sdk, config, { maxAttempts: 1 })
  const sleep = context.sleep ?? ((ms, signal) => delay(ms, undefined, { signal }))
  const shareList = shareInFlight<HostedZone[]>()
  const shareZone = shareInFlight<HostedZone>()
  const guard = async <T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted()
    try {
      return await run()
    } catch (error) {
      signal?.throwIfAborted()
      throw error instanceof DnsServiceError ? error : route53Error(error)
    }
  }
  return {
    service: 'route53',
    label: 'Route 53',
    abilities: {
      canWrite: true,
      canReplaceAtomically: true,
      canApplyAllAtomically: true,
      // A batch holds 1,000 records and 32,000 characters of values: for each name a new target and long policies to delete.
      maximumNames: 50,
      checksBeforeWriting: true,
      supportsTtl: true,
    },
    findZone(name, { signal } = {}) {
      return guard(signal, async () => {
        for (const start of searchStarts(canonicalName(name))) {
          const zones = await shareList(start, () => listZones(sdk, client, start, signal))
          const found = chooseZone(zones, canonicalName(name), config.hostedZoneId)
          if (found) return await shareZone(found.id, () => withNameServers(sdk, client, found, signal))
        }
        return undefined
      })
    },
    read(zone, names, { signal } = {}) {
      return guard(signal, async () => {
        const sets = await mapLimit(names, 4, (name) => readName(sdk, client, zone.id, name, signal))
        return sets.flat()
      })
    },
    write(zone, changes, { signal } = {}) {
      return guard(signal, async () => {
        const batch = { Comment: 'dmarc-as-code', Changes: changes.flatMap(toChanges) }
        const command = new sdk.ChangeResourceRecordSetsCommand({ HostedZoneId: zone.id, ChangeBatch: batch })
        const send = () => writer.send(command, { ...(signal ? { abortSignal: signal } : {}) })
        const { ChangeInfo } = await afterThrottling(send, sleep, signal)
        await waitForSync(sdk, client, ChangeInfo?.Id, sleep, signal)
      })
    },
    async close() {
      client.destroy()
      writer.destroy()
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

function createClient(sdk: Sdk, config: Route53Config, tries: Route53ClientConfig): Route53Client {
  const { accessKeyId, secretAccessKey, sessionToken, timeout = 20_000 } = config
  return new sdk.Route53Client({
    region: config.region ?? 'us-east-1',
    ...tries,
    requestHandler: { connectionTimeout: Math.min(timeout, 5000), requestTimeout: timeout },
    ...(config.endpoint ? { endpoint: config.endpoint } : {}),
    ...(config.profile ? { profile: config.profile } : {}),
    ...(accessKeyId && secretAccessKey
      ? { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } }
      : {}),
  })
}

async function afterThrottling<T>(send: () => Promise<T>, sleep: Sleep, signal: AbortSignal | undefined): Promise<T> {
  for (let pause = 1000; ; pause *= 2) {
    try {
      return await send()
    } catch (error) {
      const told = route53Error(error)
      const throttled = told instanceof DnsServiceError && told.kind === 'throttled'
      if (!throttled || pause > 30_000) throw error
      await sleep(pause, signal)
    }
  }
}

// Zones are listed in the order of their reversed labels, so those that can hold a name follow its last two labels.
function searchStarts(name: string): string[] {
  const labels = name.split('.')
  return [...new Set([labels.slice(-2).join('.'), labels.at(-1) ?? ''])]
}

const reversed = (name: string) => name.split('.').reverse().join('.')

async function listZones(sdk: Sdk, client: Route53Client, start: string, signal?: AbortSignal): Promise<HostedZone[]> {
  const zones: HostedZone[] = []
  let position: { DNSName: string; HostedZoneId?: string } | undefined = { DNSName: toRoute53Name(start) }
  while (position) {
    const command: InstanceType<Sdk['ListHostedZonesByNameCommand']> = new sdk.ListHostedZonesByNameCommand(position)
    const page = await client.send(command, { ...(signal ? { abortSignal: signal } : {}) })
    for (const zone of page.HostedZones ?? []) {
      const name = fromRoute53Name(zone.Name ?? '')
      // A start position is no filter. example-1.test may stand between example.test and what lies beneath it, so the end
      // is told by the text of the reversed labels.
      if (!reversed(name).startsWith(reversed(start))) return zones
      if (zone.Id && isWithin(name, start) && !zone.Config?.PrivateZone)
        zones.push({ id: zone.Id.replace(/^\/hostedzone\//, ''), name })
    }
    position =
      page.IsTruncated && page.NextDNSName
        ? { DNSName: page.NextDNSName, ...(page.NextHostedZoneId ? { HostedZoneId: page.NextHostedZoneId } : {}) }
        : undefined
  }
  return zones
}

function chooseZone(zones: readonly HostedZone[], name: string, wantedId: string | undefined): HostedZone | undefined {
  const holding = zones
    .filter((zone) => isWithin(name, zone.name))
    .sort((left, right) => right.name.length - left.name.length)
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

async function withNameServers(
  sdk: Sdk,
  client: Route53Client,
  zone: HostedZone,
  signal?: AbortSignal,
): Promise<HostedZone> {
  const command = new sdk.GetHostedZoneCommand({ Id: zone.id })
  const { DelegationSet } = await client.send(command, { ...(signal ? { abortSignal: signal } : {}) })
  return { ...zone, nameServers: (DelegationSet?.NameServers ?? []).map(canonicalName) }
}

async function readName(
  sdk: Sdk,
  client: Route53Client,
  zoneId: string,
  name: string,
  signal?: AbortSignal,
): Promise<RecordSet[]> {
  const found: RecordSet[] = []
  let position: Partial<Record<'StartRecordName' | 'StartRecordIdentifier', string>> & Record<string, unknown> = {
    StartRecordName: toRoute53Name(name),
  }
  for (;;) {
    const command = new sdk.ListResourceRecordSetsCommand({ HostedZoneId: zoneId, MaxItems: 20, ...position })
    const page = await client.send(command, { ...(signal ? { abortSignal: signal } : {}) })
    for (const set of page.ResourceRecordSets ?? []) {
      if (fromRoute53Name(set.Name ?? '') !== name) return found
      found.push(toSet(set, name))
    }
    if (!page.IsTruncated || fromRoute53Name(page.NextRecordName ?? '') !== name) return found
    position = {
      StartRecordName: page.NextRecordName ?? '',
      StartRecordType: page.NextRecordType,
      ...(page.NextRecordIdentifier ? { StartRecordIdentifier: page.NextRecordIdentifier } : {}),
    }
  }
}

function toSet(set: ResourceRecordSet, name: string): RecordSet {
  const { Name: _, Type, TTL, ResourceRecords, ...rest } = set
  const alias = rest.AliasTarget?.DNSName
  return {
    name,
    type: Type ?? '',
    ttl: TTL ?? 0,
    values: alias ? [`ALIAS ${alias}`] : (ResourceRecords ?? []).map((record) => record.Value ?? ''),
    // Alias, weight, health check and the like: part of the set's identity, needed to delete it and to put it back.
    native: JSON.parse(JSON.stringify(rest)) as Json,
  }
}

function toChanges({ before, after }: NameChange): Change[] {
  const goes = before.filter((set) => !after.some((other) => matchesSet(other, set)))
  const comes = after.filter((set) => !before.some((other) => matchesSet(set, other)))
  return [
    ...goes.map((set): Change => ({ Action: 'DELETE', ResourceRecordSet: fromSet(set) })),
    ...comes.map((set): Change => ({ Action: 'CREATE', ResourceRecordSet: fromSet(set) })),
  ]
}

function fromSet(set: RecordSet): ResourceRecordSet {
  const native = (set.native ?? {}) as Partial<ResourceRecordSet>
  const data = native.AliasTarget ? {} : { TTL: set.ttl, ResourceRecords: set.values.map((Value) => ({ Value })) }
  return { ...native, Name: toRoute53Name(set.name), Type: set.type as ResourceRecordSet['Type'], ...data }
}

const syncDeadline = 300_000

// PENDING until every one of the service's name servers has the change, usually within a minute.
async function waitForSync(
  sdk: Sdk,
  client: Route53Client,
  id: string | undefined,
  sleep: Sleep,
  signal: AbortSignal | undefined,
): Promise<void> {
  let waited = 0
  for (let pause = 1000; id && waited < syncDeadline; pause = Math.min(pause * 1.5, 10_000)) {
    const { ChangeInfo } = await client.send(new sdk.GetChangeCommand({ Id: id }), {
      ...(signal ? { abortSignal: signal } : {}),
    })
    if (ChangeInfo?.Status === 'INSYNC') return
    await sleep(pause, signal)
    waited += pause
  }
  throw new DnsServiceError({
    service: 'route53',
    kind: 'timed-out',
    message: `Route 53 has not brought change ${id} to all its servers within ${syncDeadline / 60_000} minutes.`,
    fix: 'Look at the change in the console; it may still come through.',
  })
}
