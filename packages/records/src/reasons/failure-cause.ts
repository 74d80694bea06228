import { owner, passing, type ReasonEntry } from './entry.ts'

/**
 * Why mail of a source fails DMARC. `domain` is the From domain; `found` is the domain, the name of the DKIM key or the
 * subdomain that it is about.
 */
export const failureCauses = {
  'signs-with-other-domain': owner(
    'Signs with another domain',
    ({ domain, found }) => `The DKIM signature is of ${found ?? 'another domain'} and does not align with ${domain}.`,
    ({ domain, found }) =>
      `Ask the service${found ? ` that signs as ${found}` : ''} to sign with a DKIM key of ${domain}.`,
  ),
  'spf-for-other-domain': owner(
    'SPF passes for another domain',
    ({ domain, found }) => `SPF passes for ${found ?? 'another domain'}, which does not align with ${domain}.`,
    ({ domain, found }) =>
      `Ask the service${found ? ` that sends as ${found}` : ''} to use an envelope sender (return path) at ${domain} or a subdomain of it, or to sign with a DKIM key of ${domain}.`,
  ),
  'signature-fails': owner(
    'The DKIM signature of your domain fails',
    ({ domain, found }) => `A DKIM signature of ${domain} does not verify${found ? ` with the key at ${found}` : ''}.`,
    ({ found }) =>
      `Check that nothing changes the message after it is signed, and that the key ${found ? `at ${found} matches` : 'that is published matches'}.`,
  ),
  'key-unusable': owner(
    'The DKIM key is missing, revoked or malformed',
    ({ found }) => `Receivers find no usable DKIM key${found ? ` at ${found}` : ''}.`,
    ({ found }) => `Publish the key that the service shows for ${found ?? 'this selector'}.`,
  ),
  'does-not-sign': owner(
    'Does not sign',
    ({ domain }) => `Mail of this source has no DKIM signature of ${domain}.`,
    ({ domain }) => `Turn on DKIM signing with ${domain} at this source.`,
  ),
  forwarded: passing(
    'Forwarded: DKIM survives, SPF does not',
    ({ domain }) => `A forwarder passes on mail of ${domain}, which breaks SPF.`,
    'Nothing to do at the source: DKIM signatures keep forwarded mail passing.',
  ),
  'subdomain-not-covered': owner(
    'Mail from a subdomain fails while the domain itself passes',
    ({ domain, found }) =>
      `Mail of this source from ${found ?? `a subdomain of ${domain}`} fails, while mail from the domain above it passes.`,
    ({ found }) => `Set up DKIM or SPF for ${found ?? 'the subdomain'} at this source.`,
  ),
  spoofing: passing(
    'Authenticates as nobody: most likely spoofed',
    'This mail passes neither SPF nor DKIM for any domain.',
    'Nothing to do: this is the mail that an enforced policy stops.',
  ),
} as const satisfies Record<string, ReasonEntry>
