import type { RecordKind } from '@dmarc-as-code/records'

const folders: Readonly<Record<RecordKind, string>> = {
  dmarc: 'dmarc',
  mta_sts_policy: 'mta-sts',
  mta_sts_id: 'sts-id',
  tls_rpt: 'tls-rpt',
}

/** Where the four CNAMEs of a domain must point: names of our zone that start with the domain's own secret key. */
export function hostedTargets(key: string, zone: string): Record<RecordKind, string> {
  return {
    dmarc: `${key}.${folders.dmarc}.${zone}`,
    mta_sts_policy: `${key}.${folders.mta_sts_policy}.${zone}`,
    mta_sts_id: `${key}.${folders.mta_sts_id}.${zone}`,
    tls_rpt: `${key}.${folders.tls_rpt}.${zone}`,
  }
}
