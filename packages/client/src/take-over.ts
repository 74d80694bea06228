import { untilAborted } from '@dmarc-as-code/primitives'
import {
  discoverDmarc,
  parseMtaStsPolicy,
  RecordError,
  type TxtLookup,
  takeOverDmarc,
  takeOverMtaSts,
} from '@dmarc-as-code/records'
import type { DmarcReportClient } from './client.ts'
import { AbortedError, DmarcReportError, UnsupportedError } from './core/errors.ts'
import type { CallOptions } from './core/transport.ts'
import { withCall } from './core/with-call.ts'
import type { IdOrSlug } from './input/id-or-slug.ts'
import type { Domain } from './read/domain.ts'
import { readTakenOver, type TakenOverAnswer } from './read/taken-over.ts'

/** How to read what is live, for a server that does not do it itself. */
export interface LiveLookUps {
  /** The TXT values at a name, CNAMEs followed; an empty list where there are none. Rejects when the DNS could not be asked. */
  txt: TxtLookup
  /** The MTA-STS policy file that senders find for a domain; null where there is none. Rejects when it could not be read. */
  policyFile?: ((domain: string) => Promise<string | null>) | undefined
}

/** The domain to host. */
export interface TakeOverTarget {
  /** The account that the domain is in. */
  accountId: IdOrSlug
  /** Id or slug of the domain. */
  domainId: IdOrSlug
}

/** The services to turn on. */
export interface TakeOverInput {
  /** Switch hosted DMARC on with the live policy, alignment and report addresses. */
  hosted_dmarc?: boolean
  /** Switch hosted MTA-STS on with the live policy file. */
  hosted_mta_sts?: boolean
}

/** Options of `takeOverCurrent`. */
export interface TakeOverOptions extends CallOptions {
  /** Used only where the server does not announce `take_over_current`. */
  lookUps?: LiveLookUps | undefined
}

/** Hosting could not begin with what is live. */
export class TakeOverError extends DmarcReportError {
  override name = 'TakeOverError'
  /**
   * `unchanged`: nothing was sent. `default-record`: hosted DMARC is on, with the default record of the service. `unknown`:
   * hosting is on, and nothing shows with what.
   */
  readonly hosting: 'unchanged' | 'default-record' | 'unknown'

  constructor(message: string, options: ErrorOptions & { hosting: TakeOverError['hosting'] }) {
    super(message, options)
    this.hosting = options.hosting
  }
}

/**
 * Switches hosting on with what is live now, so that no policy becomes weaker and no report address is lost. A server that
 * announces `take_over_current` does it in one request; for any other the client reads the live record and policy file through
 * `lookUps`, composes the configuration and sets it, and leaves a service that is hosted already as it is.
 *
 * Throws `TakeOverError` when what is live cannot be read or hosted (nothing is changed then) or cannot be set, and
 * `UnsupportedError` when neither the server nor `lookUps` can do it.
 *
 * @example
 * const lookUps = { txt: (name) => resolveTxt(name) }
 * const { taken_over } = await takeOverCurrent(client, { accountId: 7, domainId: 41 }, { hosted_dmarc: true }, { lookUps })
 * console.log(taken_over.dmarc?.kept) // [ 'p=reject', 'rua=mailto:soc@example.com' ]
 */
export async function takeOverCurrent(
  client: DmarcReportClient,
  { accountId, domainId }: TakeOverTarget,
  input: TakeOverInput,
  { lookUps, ...options }: TakeOverOptions = {},
): Promise<{ domain: Domain; taken_over: TakenOverAnswer }> {
  const capabilities = await client.capabilities(options)
  const announced = capabilities.has('take_over_current')
  if (!announced && (!lookUps || (input.hosted_mta_sts && !lookUps.policyFile))) {
    throw new UnsupportedError(
      'This server cannot take over what is live, and no look-up was given to read it with. Send the record and the policy to host.',
      { extension: 'take_over_current' },
    )
  }
  const before = await client.domains.get(accountId, domainId, options)
  const hosted =
    before.hosted_dmarc === undefined || before.hosted_mta_sts === undefined
      ? await client.domains.hostedServices(accountId, domainId, options)
      : before
  const wantsDmarc = input.hosted_dmarc === true && !hosted.hosted_dmarc
  const wantsMtaSts = input.hosted_mta_sts === true && !hosted.hosted_mta_sts
  if (announced || !lookUps) {
    const change = { ...input, take_over_current: true }
    const { data: domain, response } = await client.domains.update(accountId, domainId, change, options).withResponse()
    const taken_over = readTakenOver((domain as { taken_over?: unknown }).taken_over)
    const silent = [
      wantsDmarc && !('dmarc' in taken_over) && 'DMARC',
      wantsMtaSts && !('mta_sts' in taken_over) && 'MTA-STS',
    ]
    const services = silent.filter(Boolean).join(' and ')
    if (services === '') return { domain, taken_over }
    throw withCall(
      new TakeOverError(
        `Hosted ${services} is on, but the server does not say what it took over. Compare what it hosts with what is live before a CNAME leads to it.`,
        { hosting: 'unknown' },
      ),
      response,
    )
  }
  // Both are read before anything is sent: afterwards the CNAMEs may lead to the hosted records.
  const dmarc = wantsDmarc ? await liveDmarc(before, lookUps.txt, options.signal) : null
  const mtaSts = wantsMtaSts ? await livePolicy(before, lookUps.policyFile, options.signal) : null
  const change = { ...input, ...(mtaSts && { mta_sts_policy: mtaSts.policy }) }
  const { data: begun, response } = await client.domains.update(accountId, domainId, change, options).withResponse()
  /** What a server shows nowhere is not claimed to be taken over. */
  const shows = async (domain: Domain, field: 'current_dmarc_config' | 'mta_sts_policy') =>
    (domain[field] ?? (await client.domains.get(accountId, domainId, options))[field] ?? undefined) !== undefined
  if (mtaSts && !(await shows(begun, 'mta_sts_policy')))
    throw withCall(notShown('MTA-STS', mtaSts.kept.join('; ')), response)
  const taken_over: TakenOverAnswer = {
    ...(wantsDmarc && { dmarc: null }),
    ...(wantsMtaSts && { mta_sts: mtaSts && { source: 'policy_file', ...pick(mtaSts) } }),
  }
  if (!dmarc) return { domain: begun, taken_over }
  const on = 'Hosted DMARC is on with the default record, and the policy that is live is not taken over'
  try {
    const { default_dmarc_record: standard } = begun.default_dmarc_record
      ? begun
      : await client.domains.get(accountId, domainId, options)
    if (!standard) throw new DmarcReportError('The server does not show the default record.')
    const taken = takeOverDmarc(dmarc, before.address, standard, { parked: before.parked_domain })
    const { data: domain, response } = await client.domains
      .update(accountId, domainId, { hosted_dmarc_config: taken.record }, options)
      .withResponse()
    if (!(await shows(domain, 'current_dmarc_config'))) throw withCall(notShown('DMARC', dmarc.record.text), response)
    return {
      domain,
      taken_over: {
        ...taken_over,
        dmarc: { record: dmarc.record.text, policy_domain: dmarc.policyDomain, ...pick(taken) },
      },
    }
  } catch (cause) {
    if (cause instanceof TakeOverError || !(cause instanceof DmarcReportError || cause instanceof RecordError))
      throw cause
    throw new TakeOverError(
      `${on}: ${cause.message} Set hosted_dmarc_config before the CNAME leads to it. The live record is: ${dmarc.record.text}`,
      { cause, hosting: 'default-record' },
    )
  }
}

const notShown = (service: string, live: string) =>
  new TakeOverError(
    `Hosted ${service} is on, but the server does not show what it hosts now. Compare it with what is live before a CNAME leads to it: ${live}`,
    { hosting: 'unknown' },
  )

async function liveDmarc({ address, parked_domain }: Domain, lookup: TxtLookup, signal: AbortSignal | undefined) {
  const found = await reading(address, 'DMARC record', signal, () =>
    discoverDmarc(address, lookup, signal ? { signal } : {}),
  )
  // A record higher up, which could not be asked for, may count instead.
  if (found.uncertain?.about === 'policy') throw unreadable(address, 'DMARC record', found.uncertain.cause)
  // A record that receivers ignore protects nothing.
  if (!found.record?.effective || found.policyDomain === null) return null
  const live = { record: found.record, policyDomain: found.policyDomain }
  try {
    takeOverDmarc(live, address, 'v=DMARC1; p=none', { parked: parked_domain })
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause
    throw new TakeOverError(`The record that is live cannot be hosted, and nothing was changed. ${cause.message}`, {
      cause,
      hosting: 'unchanged',
    })
  }
  return live
}

async function livePolicy({ address }: Domain, policyFile: LiveLookUps['policyFile'], signal: AbortSignal | undefined) {
  const file = await reading(address, 'MTA-STS policy file', signal, async () => (await policyFile?.(address)) ?? null)
  const policy = file === null ? null : parseMtaStsPolicy(file)
  return policy?.ok ? takeOverMtaSts(policy.tags) : null
}

async function reading<T>(
  address: string,
  what: string,
  signal: AbortSignal | undefined,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await untilAborted(read(), signal)
  } catch (cause) {
    if (signal?.aborted)
      throw new AbortedError(`Reading the ${what} of ${address} was aborted by the caller`, { cause })
    throw unreadable(address, what, cause)
  }
}

function unreadable(address: string, what: string, cause: unknown): TakeOverError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new TakeOverError(
    `The ${what} of ${address} could not be read (${why}), so it cannot be taken over, and nothing was changed. Try again, or send what to host.`,
    { cause, hosting: 'unchanged' },
  )
}

const pick = <Taken extends { kept: unknown; added: unknown; dropped: unknown }>({ kept, added, dropped }: Taken) =>
  ({ kept, added, dropped }) as Pick<Taken, 'kept' | 'added' | 'dropped'>
