import { host, owner, passing, type ReasonEntry } from './entry.ts'

const hostFix = 'The operator of the policy host must fix this. No action is needed at the domain.'

/** Why the MTA-STS policy file is not served as it should be. `name` is the policy host, `mta-sts.` and the domain. */
export const policyFileReasons = {
  'not-created': host('No policy yet', 'The service has not created the policy file yet.', ''),
  'no-mail-hosts': owner(
    'No mail hosts found',
    ({ found }) => found ?? 'The domain has no MX records, so there is no policy to host yet.',
    'Add MX records to the domain, or set the mail hosts of the policy.',
  ),
  'cname-not-verified': owner(
    'Waiting for the CNAME',
    ({ name }) => `The policy file is checked once the CNAME at ${name} is verified.`,
    ({ name, target }) => `Create the CNAME at ${name} that points to ${target}.`,
  ),
  'certificate-pending': host(
    'Waiting for the certificate',
    ({ name }) => `The service is obtaining a certificate for ${name}.`,
    '',
  ),
  'caa-blocks': owner(
    'Certificate forbidden by CAA',
    ({ name, found }) =>
      `The service cannot obtain a certificate for ${name}: ${found ?? 'a CAA record of the domain forbids it.'}`,
    ({ name }) =>
      `Add a CAA record at ${name} or at the domain that allows the certificate authority, or remove the records that forbid it.`,
  ),
  dns: host('Policy host does not resolve', ({ name }) => `${name} has no address yet.`, hostFix),
  connect: host(
    'Policy host does not answer',
    ({ name, found }) => `Could not connect to ${name}${found ? ` (${found})` : ''}.`,
    hostFix,
  ),
  'tls-name': host(
    'Certificate for another name',
    ({ name, found }) => `The certificate of ${name} is for ${found ?? 'another name'}.`,
    hostFix,
  ),
  'tls-expired': host('Certificate expired', ({ name }) => `The certificate of ${name} has expired.`, hostFix),
  'tls-untrusted': host(
    'Certificate not trusted',
    ({ name }) => `The certificate of ${name} is not signed by a trusted authority.`,
    hostFix,
  ),
  status: host(
    'Policy file not served',
    ({ name, found }) =>
      found
        ? `${name} answers the request for the policy file with HTTP status ${found}, expected 200.`
        : `${name} does not serve the policy file.`,
    hostFix,
  ),
  redirect: host(
    'Policy file redirected',
    ({ name, found }) =>
      `${name} redirects the request for the policy file${found ? ` to ${found}` : ''}. Mail servers do not follow redirects (RFC 8461 section 3.3).`,
    hostFix,
  ),
  'media-type': host(
    'Wrong media type',
    ({ name, found }) => `${name} serves the policy file as ${found ?? 'another media type'}, expected text/plain.`,
    hostFix,
  ),
  'too-large': host(
    'Policy file too large',
    ({ name }) => `The policy file of ${name} is larger than mail servers accept (64 KB).`,
    hostFix,
  ),
  'invalid-policy': host(
    'Invalid policy file',
    ({ name, found }) => `The policy file of ${name} is not valid${found ? `: ${found}` : '.'}`,
    hostFix,
  ),
  'wrong-policy': host(
    'Older policy served',
    ({ name }) => `${name} serves a policy other than the current one.`,
    hostFix,
  ),
  'id-mismatch': host(
    'Policy id does not match',
    ({ found }) =>
      `The MTA-STS record carries ${found ? `the id ${found}` : 'another id'} and not that of the policy file, so mail servers keep an earlier policy.`,
    hostFix,
  ),
  unknown: passing(
    'Could not check',
    ({ name }) => `Could not check the policy file of ${name}. The last known state is shown.`,
    'The check is repeated.',
  ),
} as const satisfies Record<string, ReasonEntry>
