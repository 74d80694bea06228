import type { PlanEffect } from '@dmarc-as-code/dns/apply'
import { formatDmarc, parseDmarc } from '@dmarc-as-code/records'

/**
 * Stands for the service's own report addresses, which are known only once the service hosts the record. It is shown as "the
 * service".
 */
const STAND_IN_ADDRESS = 'reports@service.invalid'

/** The record that a service hosts by default, before the service has said it. */
export function standInRecord(plan: {
  readonly rua_report: unknown
  readonly ruf_report: unknown
  readonly parked: unknown
}) {
  const uri = `mailto:${STAND_IN_ADDRESS}`
  const policy = plan.parked === true ? 'p=reject; sp=reject; np=reject' : 'p=none'
  const reports = [
    ...(plan.rua_report === false ? [] : [`rua=${uri}`]),
    ...(plan.ruf_report === false ? [] : [`ruf=${uri}`]),
  ]
  return ['v=DMARC1', policy, ...reports].join('; ')
}

/** The service's default record as it will be, where other kinds of reports are wanted than when the service said it. */
export function recordWithReports(
  known: string,
  plan: { readonly rua_report: unknown; readonly ruf_report: unknown },
): string {
  const { tags } = parseDmarc(known)
  const uri = `mailto:${STAND_IN_ADDRESS}`
  const rua = plan.rua_report === false ? [] : (tags.rua ?? [uri])
  const ruf = plan.ruf_report === false ? [] : (tags.ruf ?? [uri])
  return formatDmarc({ ...tags, rua, ruf }, { defaults: 'keep' })
}

/** An effect with "the service" in place of the stand-in. */
export function shownEffect(effect: PlanEffect): PlanEffect {
  return JSON.parse(
    JSON.stringify(effect)
      .replaceAll(`mailto:${STAND_IN_ADDRESS}`, '(the service)')
      .replaceAll(STAND_IN_ADDRESS, 'the service'),
  ) as PlanEffect
}
