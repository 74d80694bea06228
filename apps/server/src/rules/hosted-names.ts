import { byRecordKind, type RecordKind } from '@dmarc-as-code/records'

/** The targets of a domain's four CNAMEs: names in the hosted zone that start with the domain's key. */
export function hostedTargets(key: string, zone: string): Record<RecordKind, string> {
  return byRecordKind((_, { targetLabel }) => `${key}.${targetLabel}.${zone}`)
}
