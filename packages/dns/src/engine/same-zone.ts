import { mapLimited } from '@dmarc-as-code/primitives'
import { DnsInputError } from '../errors.ts'
import type { CallOptions, DnsAdapter, HostedZone } from './types.ts'

/** A zone that has taken the place of another one of its name. */
export interface OtherZone {
  zone: HostedZone
  /** What tells the two apart; a sentence. */
  message: string
}

/**
 * Zones that are not the ones a plan or journal was made for, although their ids are the same: where ids are names, a zone that
 * was deleted and made anew, or restored from an older copy, has the id of the one before.
 */
export async function findOtherZones(
  adapter: DnsAdapter,
  made: readonly (HostedZone | undefined)[],
  { signal }: CallOptions,
): Promise<OtherZone[]> {
  const marked = new Map(made.flatMap((zone) => (zone?.origin ? [[zone.id, zone] as const] : [])))
  const found = await mapLimited([...marked.values()], 8, async (zone): Promise<OtherZone | undefined> => {
    const now = await adapter.findZone(zone.name, { signal, fresh: true })
    const message = differenceOf(zone, now)
    return message === undefined ? undefined : { zone, message }
  })
  return found.filter((other) => other !== undefined)
}

/** Fails with `DnsInputError` where a zone is not the one that `what` was made for. */
export async function requireSameZones(
  what: string,
  made: readonly (HostedZone | undefined)[],
  adapter: DnsAdapter,
  fix: string,
  options: CallOptions,
): Promise<void> {
  const others = await findOtherZones(adapter, made, options)
  if (others.length === 0) return
  throw new DnsInputError(`${what} was made for another zone. ${others.map(({ message }) => message).join(' ')} ${fix}`)
}

function differenceOf(before: HostedZone, now: HostedZone | undefined): string | undefined {
  if (now?.id !== before.id) return `The server has no zone ${before.name} any more.`
  const [then, today] = [before.origin, now.origin]
  if (!then || !today) return undefined
  if (then.mark !== today.mark) return `Zone ${before.name} had ${then.mark}, and has ${today.mark} now.`
  if (then.serial === undefined || today.serial === undefined || !isBehind(today.serial, then.serial)) return undefined
  return `The serial of zone ${before.name} was ${then.serial}, and is ${today.serial} now, as of a zone that was made anew or restored from an older copy.`
}

/** Whether a serial comes before another one (RFC 1982 section 3.2). */
const isBehind = (serial: number, other: number) => {
  const ahead = (other - serial) >>> 0
  return ahead > 0 && ahead < 0x80000000
}
