import { owner, passing, type ReasonEntry } from './entry.ts'
import { unregistered } from './shared.ts'

/** Why a plan cannot create a record as it is: something else is there, or nothing may be written there. */
export const planReasons = {
  'domain-unregistered': unregistered,
  'other-target': owner(
    'CNAME to another target',
    ({ name, target, found }) => `Found ${found ?? 'another CNAME'} at ${name}, expected CNAME ${target}.`,
    'Change its target, or use conflict mode "adopt".',
  ),
  'records-in-place': owner(
    'Other records in place',
    ({ name, found }) => `Found ${found ?? 'other records'} at ${name}. A CNAME must be the only record at its name.`,
    'Remove them, or use conflict mode "replace" (undo restores them).',
  ),
  'records-hidden': owner(
    'Not all records visible',
    ({ name, found }) =>
      `Records stand at ${name}, and the server does not show all of them${found ? `: ${found}` : '.'} Those that are not seen could not be put back.`,
    'Allow zone transfers for this key (Knot DNS: acl with action transfer), then plan again.',
  ),
  proxied: owner(
    'Hidden by a proxy',
    ({ name, found }) => `A proxy answers for ${found ?? 'the record'} at ${name} and hides it.`,
    ({ name }) => `Turn off the proxy for ${name}, or use conflict mode "replace" (undo restores it).`,
  ),
  'zone-not-found': owner(
    'No zone for this name',
    ({ name, service }) => `${service} has no zone that holds ${name}.`,
    'Check which service hosts the zone, and that the credentials can see it.',
  ),
  unreachable: passing(
    'DNS service unavailable',
    ({ service, found }) => `${service} did not answer${found ? `: ${found}` : '.'}`,
    'Check the network and the credentials, then plan again.',
  ),
  'zone-not-delegated': owner(
    'Zone not in use',
    ({ zone, nameServers, holders }) =>
      `The parent zone delegates ${zone} to ${nameServers}, not to ${holders}, so a record here would never be seen.`,
    ({ nameServers }) => `Add the record at the service that runs ${nameServers}.`,
  ),
  apex: owner(
    'Name is a zone of its own',
    ({ name }) => `${name} is a zone of its own, and a CNAME cannot stand at the top of a zone.`,
    ({ name }) =>
      `Correct the name if it was a mistake. If ${name} is delegated on purpose, publish the record's content in that zone instead of the CNAME.`,
  ),
  'wildcard-name': owner(
    'Wildcard name',
    ({ name }) => `${name} is a wildcard. The record must stand at one exact name.`,
    'Use the exact name.',
  ),
  'delegated-away': owner(
    'Name delegated to another zone',
    ({ name, zone, nameServers }) =>
      `${name} is delegated to ${nameServers}, so a record for it in ${zone} would never be seen.`,
    ({ nameServers }) => `Add the record at the service that runs ${nameServers}.`,
  ),
  'under-dname': owner(
    'Name below a DNAME',
    ({ name, found }) => `${found ?? 'A DNAME record above it'} redirects ${name} to another zone.`,
    'Add the record in the zone that the DNAME points to.',
  ),
  'nothing-to-copy': owner(
    'No record to copy',
    ({ name, target, found }) => `The CNAME at ${name} leads to ${target}, where there is ${found ?? 'no record'}.`,
    'Correct the record where it is hosted, or delete the CNAME.',
  ),
  'target-not-ready': owner(
    'New target not ready',
    ({ name, target, found }) => `${target}, the new target of ${name}, has ${found ?? 'no record'}.`,
    'Set the record up at the new host first, then plan again.',
  ),
  loop: owner(
    'CNAME to itself',
    ({ name }) => `The CNAME at ${name} would point to itself.`,
    'Use the target that the service names.',
  ),
} as const satisfies Record<string, ReasonEntry>
