import { asList, asObject, type Json, text } from './json.ts'

/** What hosting began with, tag by tag: `p=reject`, `rua=mailto:soc@example.com`; for MTA-STS `mode: enforce`. */
export interface TakenOverService {
  /** What is kept of what was live. */
  kept: readonly string[]
  /** What the service adds. */
  added: readonly string[]
  /** What could not be kept, each with the reason as a sentence. */
  dropped: readonly { value: string; message: string }[]
}

/** What hosted DMARC began with. */
export interface TakenOverDmarc extends TakenOverService {
  /** The record as it was found. */
  record: string
  /** The domain whose record it was: the domain itself, or a parent. */
  policy_domain: string
}

/** What hosted MTA-STS began with. */
export interface TakenOverMtaSts extends TakenOverService {
  /** `policy_file`: the policy that was live; `mx`: mode testing with the domain's MX records. */
  source: string
}

/** By service; null where nothing was live, left out where the service was not switched on. */
export interface TakenOverAnswer {
  /** Null where no DMARC record was live; left out where hosted DMARC was not turned on. */
  dmarc?: TakenOverDmarc | null
  /** Null where no policy was live; left out where hosted MTA-STS was not turned on. */
  mta_sts?: TakenOverMtaSts | null
}

/** Reads what an update says it took over; empty where it says nothing. */
export function readTakenOver(value: unknown): TakenOverAnswer {
  const raw = asObject(value)
  const dmarc = asObject(raw?.dmarc)
  const mtaSts = asObject(raw?.mta_sts)
  return {
    ...(dmarc
      ? {
          dmarc: {
            record: text(dmarc.record) ?? '',
            policy_domain: text(dmarc.policy_domain) ?? '',
            ...service(dmarc),
          },
        }
      : raw && 'dmarc' in raw && { dmarc: null }),
    ...(mtaSts
      ? { mta_sts: { source: text(mtaSts.source) ?? '', ...service(mtaSts) } }
      : raw && 'mta_sts' in raw && { mta_sts: null }),
  }
}

function service(raw: Json): TakenOverService {
  const texts = (value: unknown): string[] => (asList(value) ?? []).flatMap((each) => text(each) ?? [])
  const dropped = (asList(raw.dropped) ?? []).map(asObject)
  return {
    kept: texts(raw.kept),
    added: texts(raw.added),
    dropped: dropped.map((each) => ({ value: text(each?.value) ?? '', message: text(each?.message) ?? '' })),
  }
}
