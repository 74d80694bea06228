import { owner, passing, type ReasonEntry } from './entry.ts'
import { unregistered } from './shared.ts'

/** Why the customer's CNAME is not, or not quite, as it should be. */
export const cnameReasons = {
  'domain-unregistered': unregistered,
  absent: owner(
    'CNAME missing',
    ({ name }) => `There is no CNAME at ${name}.`,
    ({ name, target }) => `Create a CNAME at ${name} that points to ${target}.`,
  ),
  'name-doubled': owner(
    'Zone repeated in the name',
    ({ name, found }) =>
      `The CNAME is at ${found ?? 'a name that contains the zone twice'} instead of ${name}: the DNS panel appended the zone to the name.`,
    ({ zone, host }) =>
      `In the DNS panel, enter ${host ? `"${host}"` : `only the part before ${zone}`} as the name of the record.`,
  ),
  wildcard: owner(
    'Only a wildcard answers',
    ({ name }) => `A wildcard record answers for ${name}. There is no record at ${name} itself.`,
    ({ name, target }) => `Create a CNAME at ${name} that points to ${target}. It takes precedence over the wildcard.`,
  ),
  'wrong-target': owner(
    'Wrong target',
    ({ name, target, found }) =>
      found
        ? `Found ${found} at ${name}, expected a CNAME to ${target}.`
        : `The CNAME at ${name} does not point to ${target}.`,
    ({ name, target }) => `Replace the record at ${name} with a CNAME that points to ${target}.`,
  ),
  'target-doubled': owner(
    'Zone repeated in the target',
    ({ name, target, found }) =>
      `The CNAME at ${name} points to ${found ?? 'a target that ends in the zone'} instead of ${target}: the DNS panel appended the zone to the target.`,
    ({ target, hasTarget }) => `Enter the target with a trailing dot${hasTarget ? `: "${target}."` : '.'}`,
  ),
  'old-provider': owner(
    'Points to another DMARC service',
    ({ name, target, found }) =>
      `The CNAME at ${name} still points to ${found ?? 'another DMARC service'} instead of ${target}.`,
    ({ name, target }) => `Once you no longer need that service, change the CNAME at ${name} to point to ${target}.`,
  ),
  'txt-in-place': owner(
    'TXT record in place of the CNAME',
    ({ name, found }) => `There is a TXT record at ${name} where the CNAME belongs${found ? `: ${found}` : ''}.`,
    ({ name, target }) => `Remove the TXT record at ${name}, then create a CNAME there that points to ${target}.`,
  ),
  'value-pasted': owner(
    'Copy instead of a CNAME',
    ({ name, found }) =>
      `The hosted value was copied to ${name}${found ? ` (${found})` : ''}, so later changes do not reach it.`,
    ({ name, target }) => `Replace the copy at ${name} with a CNAME that points to ${target}.`,
  ),
  conflict: owner(
    'Other records beside the CNAME',
    ({ name, found }) =>
      `There are other records beside the CNAME at ${name}${found ? `: ${found}` : ''}. A CNAME must be the only record at its name (RFC 2181 section 10.1).`,
    ({ name, target }) => `Remove every record at ${name} except the CNAME to ${target}.`,
  ),
  proxied: owner(
    'Hidden by a proxy',
    ({ name, target, found }) =>
      `A proxy answers at ${name}${found ? ` (${found})` : ''} and hides the CNAME to ${target}.`,
    ({ name, target }) => `Turn off the proxy for ${name} ("DNS only"), and make it a CNAME to ${target}.`,
  ),
  flattened: owner(
    'CNAME flattened',
    ({ name, target, found }) =>
      `${name} answers with the content of ${target}${found ? ` (${found})` : ''} instead of the CNAME: the DNS service flattens it. Mail works, but the record cannot be verified.`,
    ({ name }) => `Turn off CNAME flattening for ${name}, or leave it as it is.`,
  ),
  'dnssec-broken': owner(
    'DNSSEC validation fails',
    ({ name, zone }) =>
      `The CNAME at ${name} is correct, but DNSSEC validation of ${zone} fails, so mail receivers that validate cannot see it.`,
    ({ zone }) =>
      `Fix the DNSSEC of ${zone}: make the DS record at the registrar match the keys of the zone, or remove the DS record.`,
  ),
  'zone-not-delegated': owner(
    'Zone not in use',
    ({ zone, nameServers, holders }) =>
      `The record is on ${holders}, but the parent zone delegates ${zone} to ${nameServers}.`,
    ({ zone, nameServers }) =>
      `Create the record at the service that runs ${nameServers}, or change the name servers of ${zone} at the registrar.`,
  ),
  disagreeing: passing(
    'Name servers disagree',
    ({ name, holders }) => `The CNAME at ${name} is correct on some name servers, but not on ${holders}.`,
    'Wait until every name server has the change. If this lasts, check why those servers are behind.',
  ),
  propagating: passing(
    'Propagating',
    ({ name }) => `The CNAME at ${name} is correct. Some name servers or resolvers still return an older answer.`,
  ),
  'cached-negative': passing(
    'Propagating',
    ({ name }) => `The CNAME at ${name} is correct. Some resolvers still remember that there was no such record.`,
  ),
  unknown: passing(
    'Could not check',
    ({ name }) => `Could not check ${name}. The last known state is shown.`,
    ({ zone }) => `The check is repeated. If this lasts, make sure that the name servers of ${zone} answer.`,
  ),
} as const satisfies Record<string, ReasonEntry>
