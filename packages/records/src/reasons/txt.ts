import { host, passing, type ReasonEntry } from './entry.ts'

/** Why the TXT record behind the CNAME, in the zone of the service, is not served as it should be. */
export const txtReasons = {
  'not-published': host(
    'Not published yet',
    ({ name }) => `The service has not published a TXT record at ${name} yet.`,
    '',
  ),
  stale: host(
    'Older value served',
    ({ name, found }) =>
      `The service still serves ${found ?? 'an older value'} at ${name}. The new value is being published.`,
    '',
  ),
  'change-pending': host(
    'Change in progress',
    ({ name }) => `The service is publishing the new value of the TXT record at ${name}.`,
    '',
  ),
  unknown: passing(
    'Could not check',
    ({ name }) => `Could not check the TXT record at ${name}. The last known state is shown.`,
    'The check is repeated.',
  ),
} as const satisfies Record<string, ReasonEntry>
