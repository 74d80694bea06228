import { mtaStsMxMatches } from '@dmarc-as-code/records'
import type { DomainChange } from './plan.ts'

const modes = ['none', 'testing', 'enforce']

/** A mode that goes back, mail hosts that were not accepted before, and a policy that senders forget sooner. */
export function weakerMtaSts({ before, after, unknown }: DomainChange): string[] {
  const was = before.hosted_mta_sts
  if (!was || was.mode === 'none') return []
  const told = unknown.hosted_mta_sts
  if (told === true || (typeof told === 'object' && told !== null && hasUnknown(told))) {
    return [`what MTA-STS will say is known only after the apply (was ${was.mode})`]
  }
  const will = after?.hosted_mta_sts
  const mode = will?.mode ?? 'none'
  if (modes.indexOf(mode) < modes.indexOf(was.mode)) return [`MTA-STS goes from ${was.mode} to ${mode}`]
  const further = (will?.mx ?? []).filter((host) => !(was.mx ?? []).some((pattern) => covers(pattern, host)))
  const [days, daysBefore] = [will?.max_age_days ?? 0, was.max_age_days ?? 0]
  return [
    ...(further.length > 0 ? [`MTA-STS accepts ${further.join(', ')} as well`] : []),
    ...(days < daysBefore ? [`MTA-STS max_age_days is ${days}, was ${daysBefore}`] : []),
  ]
}

/** `*.` in front stands for one label, so a pattern covers hosts and itself. */
const covers = (pattern: string, host: string) =>
  pattern.toLowerCase() === host.toLowerCase() || mtaStsMxMatches(pattern, host)

function hasUnknown(values: object): boolean {
  return Object.values(values).some((value) => value === true || (typeof value === 'object' && hasUnknown(value ?? {})))
}
