/** What is shown for each reason code: why, and what to do. Codes are those of the API; unknown ones fall back. */
interface Words {
  readonly why: string
  readonly advice?: string
}

const reasons: Readonly<Record<string, Words>> = {
  absent: { why: 'There is no record at this name yet.', advice: 'Add the CNAME, or let "Apply CNAMEs" do it.' },
  'name-doubled': {
    why: 'The record exists, but with the zone written twice in its name.',
    advice: 'In the DNS panel, enter only the part before the zone as the host.',
  },
  wildcard: {
    why: 'Only a wildcard answers here, not a record of its own.',
    advice: 'Add the CNAME at exactly this name; it takes precedence over the wildcard.',
  },
  'wrong-target': { why: 'The CNAME points somewhere else.', advice: 'Change its target to the expected one.' },
  'target-doubled': {
    why: 'The zone was appended to the target.',
    advice: 'End the target with a dot, or remove the zone from its end.',
  },
  'old-provider': {
    why: 'The CNAME still points to another DMARC service.',
    advice: 'Change its target to the expected one once you are done there.',
  },
  'txt-in-place': {
    why: 'A TXT record is at this name, and a CNAME cannot stand beside it.',
    advice: 'Replace the TXT record with the CNAME; "Apply CNAMEs" can do both in one step.',
  },
  'value-pasted': {
    why: 'The text was published by hand, so it will not follow changes.',
    advice: 'Replace the TXT record with the CNAME.',
  },
  conflict: {
    why: 'A CNAME and another record share this name, which the DNS does not allow.',
    advice: 'Remove the other record.',
  },
  proxied: {
    why: 'A proxy of the DNS service hides the CNAME.',
    advice: 'Switch the proxy off for this name ("DNS only").',
  },
  flattened: {
    why: 'The DNS service answers with the target\u2019s content instead of the CNAME.',
    advice: 'Switch CNAME flattening off for this name.',
  },
  'dnssec-broken': {
    why: 'Resolvers that check DNSSEC signatures refuse the answer.',
    advice: 'Repair the signatures of the zone, or its DS record at the registrar.',
  },
  'zone-not-delegated': {
    why: 'The record is in a zone the internet is not sent to.',
    advice: 'Edit the zone at the name servers the registrar lists, or change them there.',
  },
  propagating: { why: 'The record is right; some resolvers still remember an older answer.' },
  'cached-negative': { why: 'Some resolvers still remember that the record was missing.' },
  'not-published': { why: 'The service is publishing the text behind this name.' },
  stale: { why: 'The service is replacing an older text behind this name.' },
  'change-pending': { why: 'The service is publishing the text behind this name.' },
  'not-created': { why: 'The service has not created the policy file yet.' },
  'cname-not-verified': { why: 'The policy file comes once the CNAME is verified.' },
  'certificate-pending': { why: 'The service is getting a certificate for the policy host.' },
  'caa-blocks': {
    why: 'A CAA record of your domain forbids the certificate for the policy host.',
    advice: 'Allow the certificate authority of the service in your CAA record.',
  },
  dns: { why: 'The policy host does not resolve everywhere yet.' },
  connect: { why: 'The policy host did not accept a connection. The service has to mend this.' },
  'tls-name': { why: 'The certificate of the policy host is for another name. The service has to mend this.' },
  'tls-expired': { why: 'The certificate of the policy host has expired. The service has to mend this.' },
  'tls-untrusted': { why: 'The certificate of the policy host is not trusted. The service has to mend this.' },
  status: { why: 'The policy host does not deliver the file. The service has to mend this.' },
  redirect: { why: 'The policy host redirects, which MTA-STS forbids. The service has to mend this.' },
  'media-type': { why: 'The policy file is served as something else than plain text. The service has to mend this.' },
  'too-large': { why: 'The policy file is too large. The service has to mend this.' },
  'invalid-policy': { why: 'The policy file cannot be read. The service has to mend this.' },
  'wrong-policy': { why: 'The policy host still serves an older policy.' },
  'id-mismatch': { why: 'The policy file and its id do not belong together yet.' },
  unknown: { why: 'Nobody could be asked, so the last known state stands.' },
}

const statuses: Readonly<Record<string, Words>> = {
  verified: { why: 'The CNAME is in place and verified.' },
  awaiting_setup: { why: 'The CNAME is not there yet.', advice: 'Add the CNAME, or let "Apply CNAMEs" do it.' },
  misconfigured: {
    why: 'Something else is in the place of the CNAME.',
    advice: 'Compare what was found with what is expected.',
  },
}

/** The words for a record: by reason, else by status. */
export function recordWords(status: string | undefined, reason: string | null | undefined): Words {
  const known = (reason ? reasons[reason] : undefined) ?? (status ? statuses[status] : undefined)
  if (known) return known
  if (reason) return { why: `The service gives the reason "${reason}".` }
  return { why: status ? `The service calls it "${status}".` : 'The service has not said anything about it yet.' }
}

/** What the words of a record that is fine so far become while the text or the file behind it is not there yet. */
export function behindWords(txt: string | undefined, policyFile: string | undefined): Words | undefined {
  if (txt === 'queued') return { why: 'The CNAME is verified; the service is publishing the text behind it.' }
  if (policyFile === 'pending') return { why: 'The CNAME is verified; the service is preparing the policy file.' }
  if (policyFile === 'unreachable') return { why: 'The CNAME is verified, but the policy file cannot be fetched.' }
  return undefined
}
