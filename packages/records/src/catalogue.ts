/** What each finding code stands for. Codes never change their meaning; a new meaning gets a new code. */
export interface CatalogueEntry {
  /** `error`: do not publish this. `warning`: know this before you do. */
  readonly severity: 'error' | 'warning'
  /** What the code stands for. */
  readonly meaning: string
  /** The standard and its section. */
  readonly source: string
}

/** The code of a finding; the README lists them all. */
export type FindingCode = keyof typeof findingCatalogue

const error = (meaning: string, source: string) => ({ severity: 'error', meaning, source }) as const
const warning = (meaning: string, source: string) => ({ severity: 'warning', meaning, source }) as const

/** Every code that this package can return, by subject. The README's table is this list. */
export const findingCatalogue = {
  // Any TXT record
  'not-text': error('A value other than text was given, such as null', 'this package'),
  'record-empty': error('The text is empty', 'RFC 9989 4.8'),
  'record-missing': error(
    'No record of this kind among the TXT values of a name',
    'RFC 9989 4.10; RFC 8461 3.1; RFC 8460 3',
  ),
  'record-several': error(
    'More than one record of this kind at a name: receivers use none',
    'RFC 9989 4.10; RFC 8461 3.1; RFC 8460 3',
  ),
  'record-leading-space': error('Space before the version: not a record by the grammar', 'RFC 9989 4.8'),
  'record-quoted': error('Quotes pasted from a zone file are part of the value', 'RFC 1035 5.1'),
  'record-backslash': error('Backslashes pasted from a zone file are part of the value', 'RFC 1035 5.1'),
  'record-long': warning('The value is too long for a UDP answer behind a CNAME to be reliable', 'RFC 9715'),
  'record-large': error('The text is larger than any DNS record', 'RFC 1035 3.2.1'),
  'record-other-kind': error(
    'A record of another kind: SPF, DKIM, BIMI, or another one of this package',
    'RFC 9989 4.10',
  ),
  'findings-many': warning('More findings than are listed', 'this package'),
  'string-long': error('A character-string is over 255 bytes', 'RFC 1035 3.3'),
  'version-missing': error('The record does not begin with its version', 'RFC 9989 4.7; RFC 8461 3.1; RFC 8460 3'),
  'version-not-first': error('The version is there but not first', 'RFC 9989 4.7; RFC 8461 3.1; RFC 8460 3'),
  'version-wrong': error(
    'The version is not the exact word expected (case counts)',
    'RFC 9989 4.7; RFC 8461 3.1; RFC 8460 3',
  ),
  'separator-wrong': error('Tags are separated by something other than a semicolon', 'RFC 9989 4.8; RFC 8460 3'),
  'separator-doubled': warning('Two semicolons with nothing between; readers skip it', 'RFC 9989 4.8'),
  'separator-spaced': warning(
    'Space before the first semicolon: readers that filter on the exact beginning drop the record',
    'RFC 8461 3.1, erratum 6285; RFC 8460 3',
  ),
  'tag-malformed': error('A piece is not of the form name=value', 'RFC 9989 4.8; RFC 8461 3.1; RFC 8460 3'),
  'tag-duplicate': error('A tag appears twice', 'RFC 6376 3.2 through RFC 9989 4.7'),
  'tag-empty': error('A tag has no value', 'RFC 9989 4.8'),
  'tag-characters': error('A value has a semicolon or characters outside printable ASCII', 'RFC 9989 4.8; RFC 8616 3'),
  'tag-name-case': warning('A tag name in upper case; some readers compare exactly', 'RFC 6376 3.2'),
  'tag-unknown': warning('A tag no standard names; readers ignore it', 'RFC 9989 4.7'),
  // DMARC
  'p-missing': warning(
    'No `p`: acts as p=none for the sake of `rua`; RFC 7489 readers may ignore the record',
    'RFC 9989 4.10.1; RFC 7489 6.3',
  ),
  'no-policy': error('Neither `p` nor a usable `rua`: no DMARC processing at all', 'RFC 9989 4.10.1'),
  'policy-invalid': error(
    '`p`, `sp` or `np` is not none, quarantine or reject: the whole record acts as p=none, or is ignored',
    'RFC 9989 4.10.1',
  ),
  'p-not-second': warning('`p` is not the second tag, where RFC 7489 readers expect it', 'RFC 7489 6.3'),
  'alignment-invalid': error('`adkim` or `aspf` is not r or s; the default r applies', 'RFC 9989 4.7'),
  'fo-invalid': error(
    '`fo` has a repeated, conflicting, spaced or unknown word; the default 0 applies',
    'RFC 9989 4.8',
  ),
  'fo-without-ruf': warning('`fo` does nothing without `ruf`', 'RFC 9989 4.7'),
  't-invalid': error('`t` is not y or n; the default n applies', 'RFC 9989 4.7'),
  't-without-effect': warning('`t=y` beside policies of none does nothing', 'RFC 9989 4.7'),
  't-unknown-to-rfc7489': warning('RFC 7489 readers do not know `t=y` and apply the policy in full', 'RFC 7489 6.3'),
  'psd-invalid': error('`psd` is not y, n or u; the default u applies', 'RFC 9989 4.7'),
  'psd-y': warning('`psd=y` is for operators of public suffixes', 'RFC 9989 4.7'),
  'np-unknown-to-rfc7489': warning(
    'RFC 7489 readers do not know `np` and use `sp`, else `p`',
    'RFC 7489 6.3; RFC 9091',
  ),
  'sp-weaker': warning('`sp` is weaker than `p`: subdomains are easier to forge', 'RFC 9989 4.7'),
  'np-weaker': warning('`np` is weaker than what it would inherit', 'RFC 9989 4.7'),
  'historic-tag': warning('`pct`, `rf` and `ri` are unknown to RFC 9989 readers', 'RFC 9989 9.3'),
  'historic-value': warning('A historic tag has a value RFC 7489 readers refuse', 'RFC 7489 6.3'),
  'pct-enforced-in-full': warning(
    '`pct` below 100 without `t=y`: RFC 9989 readers enforce the policy in full',
    'RFC 9989 A.6',
  ),
  'no-reports': warning('No usable `rua`: nobody sees what the policy does', 'RFC 9989 4.7'),
  // Report addresses
  'uri-missing': error('A list of URIs has an empty item', 'RFC 9989 4.8; RFC 8460 3'),
  'uri-scheme-missing': error('An address without its scheme, such as mailto:', 'RFC 9989 4.6; RFC 3986 3'),
  'uri-scheme-refused': error('A scheme other than mailto and https in TLS-RPT', 'RFC 8460 3'),
  'uri-scheme-unused': warning(
    'A scheme other than mailto in DMARC: no report format is defined for it',
    'RFC 9990 3.5',
  ),
  'uri-invalid': error('Not a URI that reports can be sent to; it is ignored', 'RFC 3986; RFC 9990 3.5'),
  'uri-duplicate': warning('The same address twice', 'RFC 9989 4.6'),
  'uri-many': warning(
    'More than two addresses in one DMARC list: RFC 7489 readers need not serve more',
    'RFC 7489 6.2',
  ),
  'obsolete-size': warning('The !size limit of a report address is obsolete and ignored', 'RFC 9989 4.8'),
  'report-host-changed': error('An authorisation record redirects reports to another host', 'RFC 9990 4'),
  'report-name-long': error('The name of the authorisation record passes the DNS limit', 'RFC 9990 4'),
  'report-address': error('Reports cannot be mailed to this text', 'RFC 6068 2'),
  // MTA-STS and TLS-RPT
  'id-missing': error('No `id`', 'RFC 8461 3.1'),
  'id-invalid': error('`id` is not 1 to 32 letters and digits', 'RFC 8461 3.1'),
  'rua-missing': error('No usable `rua`', 'RFC 8460 3'),
  'field-repeated': warning('A field appears again; the first counts', 'RFC 8461 3.1, 3.2'),
  'field-unknown': warning('A field no standard names; readers ignore it', 'RFC 8461 3.1; RFC 8460 3'),
  'field-case': warning(
    'A field name that differs from a known one only by case; case counts',
    'RFC 8461 3.1; RFC 8460 3',
  ),
  'line-malformed': error('A line of the policy file is not name: value', 'RFC 8461 3.2'),
  'line-blank': warning('A blank line in the policy file; readers skip it', 'RFC 8461 3.2'),
  'policy-version': error('The policy file has no `version: STSv1`', 'RFC 8461 3.2'),
  'policy-mode': error('`mode` is missing or not enforce, testing or none', 'RFC 8461 3.2'),
  'policy-max-age': error('`max_age` is missing or not 0 to 31557600 seconds', 'RFC 8461 3.2'),
  'policy-mx-missing': error('No `mx` in a policy that is not none', 'RFC 8461 3.2'),
  'policy-mx-invalid': error('An `mx` is neither a host name nor *. and a host name', 'RFC 8461 3.2, 4.1'),
  'policy-large': error('The policy file is larger than 64 KB', 'RFC 8461 3.3'),
  'max-age-short': warning('A `max_age` too short to protect', 'RFC 8461 3.2'),
  'max-age-long-for-none': warning('A mode of none that is remembered for long', 'RFC 8461 8.3'),
  // Domain names
  'domain-empty': error('No domain name', 'RFC 1035 2.3.1'),
  'domain-address': error('An IP address instead of a domain name', 'RFC 1123 2.1'),
  'domain-characters': error('Characters no mail domain may hold', 'RFC 1123 2.1'),
  'domain-empty-label': error('An empty label', 'RFC 1035 2.3.1'),
  'domain-hyphen': error('A label begins or ends with a hyphen', 'RFC 1123 2.1'),
  'domain-label-long': error('A label over 63 characters', 'RFC 1035 2.3.4'),
  'domain-long': error('A name over 253 characters', 'RFC 1035 2.3.4'),
  'domain-single-label': error('A single label', 'RFC 5321 2.3.5'),
  'domain-idn': error('Not a valid international name', 'RFC 5891; UTS 46'),
  'domain-long-to-host': error('Valid, but a hosted record of it would pass the DNS limit', 'RFC 1035 2.3.4'),
  // Hosting rules and advice
  'hosted-p-missing': error('A hosted DMARC record must have `p`', 'hosting rule'),
  'hosted-rua-missing': error('A hosted DMARC record must keep every default `rua`', 'hosting rule'),
  'hosted-ruf-missing': error('A hosted DMARC record must keep every default `ruf`', 'hosting rule'),
  'parked-policy': error('A parked domain must have p=reject', 'hosting rule'),
  'parked-subdomain-policy': error('A parked domain must have sp=reject, or no `sp`', 'hosting rule'),
  'parked-test-mode': error('A parked domain must not be in test mode', 'hosting rule'),
  'consent-invalid': error('Consent to weaken is not a reason of 1 to 500 printable characters', 'consent rule'),
  'advice-two-steps': warning('From none to reject in one step', 'RFC 9989 7.4'),
  'advice-subdomain-jump': warning('Subdomains go from none to reject in one step', 'RFC 9989 7.4'),
  'advice-protection-lowered': warning('The policy gets weaker', 'RFC 9989 7.4'),
  'advice-no-reports': warning('Enforcing without reports', 'RFC 9989 4.7'),
} as const satisfies Record<string, CatalogueEntry>
