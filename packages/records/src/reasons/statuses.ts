import { host, owner, passing, type ReasonContext, type ReasonEntry, type ReasonText, textOf } from './entry.ts'

/** The API's statuses of each part of a verification, in words for where no reason says more. */
export const statusCatalogue = {
  cname: {
    verified: passing('Verified', ({ name }) => `The CNAME at ${name} is in place and verified.`),
    awaiting_setup: owner(
      'Not set up',
      ({ name }) => `There is no CNAME at ${name} yet.`,
      ({ name, target }) => `Create a CNAME at ${name} that points to ${target}.`,
    ),
    misconfigured: owner(
      'Misconfigured',
      ({ name, target, found }) =>
        `Found ${found ?? 'another record'} at ${name} where a CNAME to ${target} is expected.`,
      ({ name, target }) => `Replace the record at ${name} with a CNAME that points to ${target}.`,
    ),
  },
  txt: {
    published: passing('Published', 'The record behind the CNAME is served.'),
    queued: host('In progress', 'The service is publishing the record behind the CNAME.', ''),
  },
  policy_file: {
    active: passing('Active', 'The policy file is served.'),
    pending: host('In progress', 'The service is preparing the policy file.', ''),
    unreachable: host('Not reachable', 'The policy file cannot be fetched.', ''),
  },
  overall: {
    ready: passing('Ready', 'Every record is in place and verified.'),
    action_required: owner('Action required', 'A record at the domain is missing or wrong.', 'See the records below.'),
    pending: host('In progress', 'The service is publishing the records.', ''),
  },
} as const satisfies Record<string, Record<string, ReasonEntry>>

/** A part of a verification, or the verdict over all. */
export type StatusSubject = keyof typeof statusCatalogue

/** The statuses of one part. */
export type StatusOf<Subject extends StatusSubject> = keyof (typeof statusCatalogue)[Subject] & string

export type CnameStatus = StatusOf<'cname'>
export type TxtStatus = StatusOf<'txt'>
export type PolicyFileStatus = StatusOf<'policy_file'>
export type OverallStatus = StatusOf<'overall'>

/** The statuses of one part, in the order of the catalogue. */
export function statusesOf<Subject extends StatusSubject>(subject: Subject): readonly StatusOf<Subject>[] {
  return Object.keys(statusCatalogue[subject]) as unknown as readonly StatusOf<Subject>[]
}

/** A status in words; undefined for one this catalogue does not know. */
export function statusText(subject: StatusSubject, status: string, context?: ReasonContext): ReasonText | undefined {
  const entries: Readonly<Record<string, ReasonEntry>> = statusCatalogue[subject]
  const entry = Object.hasOwn(entries, status) ? entries[status] : undefined
  return entry && textOf(entry, context)
}
