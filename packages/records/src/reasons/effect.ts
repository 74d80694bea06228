import { owner, passing, type ReasonEntry } from './entry.ts'

const weaker = (title: string, what: string) =>
  owner(
    title,
    ({ before, after }) => `${what} goes from ${before} to ${after}.`,
    'Keep the current policy, or give the reason why it may become weaker.',
  )
const stronger = (title: string, what: string) =>
  passing(title, ({ before, after }) => `${what} goes from ${before} to ${after}.`)

/** What a change of records does to mail. */
export const effectReasons = {
  'policy-weaker': weaker('Weaker policy', 'The policy for the domain'),
  'policy-stronger': stronger('Stronger policy', 'The policy for the domain'),
  'policy-mixed': weaker('Policy differs by receiver', 'The policy for the domain'),
  'subdomain-policy-weaker': weaker('Weaker policy for subdomains', 'The policy for subdomains'),
  'subdomain-policy-stronger': stronger('Stronger policy for subdomains', 'The policy for subdomains'),
  'subdomain-policy-mixed': weaker('Subdomain policy differs by receiver', 'The policy for subdomains'),
  'nonexistent-policy-weaker': weaker(
    'Weaker policy for names that do not exist',
    'The policy for subdomains that do not exist',
  ),
  'nonexistent-policy-stronger': stronger(
    'Stronger policy for names that do not exist',
    'The policy for subdomains that do not exist',
  ),
  'nonexistent-policy-mixed': weaker(
    'Policy for names that do not exist differs by receiver',
    'The policy for subdomains that do not exist',
  ),
  'alignment-loosened': weaker('Alignment loosened', 'Alignment'),
  'alignment-tightened': stronger('Alignment tightened', 'Alignment'),
  'alignment-mixed': weaker('Alignment changes', 'Alignment'),
  'reports-lost': owner(
    'Aggregate reports lost',
    ({ before }) => `Aggregate reports no longer go to ${before}.`,
    'Keep the addresses in `rua`, or give the reason why they may go.',
  ),
  'reports-gained': passing('Aggregate reports gained', ({ after }) => `Aggregate reports also go to ${after}.`),
  'reports-moved': owner(
    'Aggregate reports go elsewhere',
    ({ before, after }) => `Aggregate reports go to ${after} instead of ${before}.`,
    'Keep the addresses in `rua`, or give the reason why they may go.',
  ),
  'failure-reports-lost': owner(
    'Failure reports lost',
    ({ before }) => `Failure reports no longer go to ${before}.`,
    'Keep the addresses in `ruf`, or give the reason why they may go.',
  ),
  'failure-reports-gained': passing('Failure reports gained', ({ after }) => `Failure reports also go to ${after}.`),
  'failure-reports-moved': owner(
    'Failure reports go elsewhere',
    ({ before, after }) => `Failure reports go to ${after} instead of ${before}.`,
    'Keep the addresses in `ruf`, or give the reason why they may go.',
  ),
  'failure-reports-fewer': owner(
    'Fewer occasions of failure reports',
    ({ before, after }) => `Failure reports are sent on fewer occasions: ${before} becomes ${after}.`,
    'Keep the options in `fo` if you read these reports.',
  ),
  'failure-reports-more': passing(
    'More occasions of failure reports',
    ({ before, after }) => `Failure reports are sent on more occasions: ${before} becomes ${after}.`,
  ),
  'failure-reports-otherwise': owner(
    'Other occasions of failure reports',
    ({ before, after }) => `Failure reports are sent on other occasions: ${before} becomes ${after}.`,
    'Keep the options in `fo` if you read these reports.',
  ),
  'tls-reports-lost': owner(
    'TLS reports lost',
    ({ before }) => `Reports about encrypted delivery no longer go to ${before}.`,
    'Keep the addresses in the `rua` of the TLS-RPT record, or let the new address forward the reports.',
  ),
  'tls-reports-gained': passing(
    'TLS reports gained',
    ({ after }) => `Reports about encrypted delivery also go to ${after}.`,
  ),
  'tls-reports-moved': owner(
    'TLS reports go elsewhere',
    ({ before, after }) => `Reports about encrypted delivery go to ${after} instead of ${before}.`,
    'Keep the addresses in the `rua` of the TLS-RPT record, or let the new address forward the reports.',
  ),
  'mode-weaker': weaker('Weaker MTA-STS mode', 'The MTA-STS mode'),
  'mode-stronger': stronger('Stronger MTA-STS mode', 'The MTA-STS mode'),
  'mx-added': owner(
    'More mail hosts allowed',
    ({ after }) => `The MTA-STS policy also allows ${after}.`,
    'Check that these hosts are yours, or give the reason why they may be added.',
  ),
  'mx-removed': passing(
    'Fewer mail hosts allowed',
    ({ before }) =>
      `The MTA-STS policy no longer allows ${before}; mail to such a host is refused once it is enforced.`,
    'Check that no MX record of the domain names one of these hosts.',
  ),
  'mx-replaced': owner(
    'Other mail hosts allowed',
    ({ before, after }) => `The MTA-STS policy allows ${after} instead of ${before}.`,
    'Check that the MX records of the domain name only hosts that the policy allows.',
  ),
  'max-age-shorter': weaker('Shorter lifetime of the MTA-STS policy', 'The lifetime of the MTA-STS policy'),
  'max-age-longer': stronger('Longer lifetime of the MTA-STS policy', 'The lifetime of the MTA-STS policy'),
} as const satisfies Record<string, ReasonEntry>
