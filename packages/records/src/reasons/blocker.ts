import { owner, passing, type ReasonEntry, stating } from './entry.ts'

/** What keeps a DMARC policy from being tightened. `found` is the figure that is too low or too high. */
export const policyBlockers = {
  'no-data': owner(
    'No reports',
    'There is no report to judge by.',
    'Publish a `rua` address that receives reports, and wait for the first ones; most reporters send once a day.',
  ),
  'time-too-short': passing(
    'Too early',
    stating('The domain has not been at the level below for long enough'),
    'Wait until the days are complete: senders that mail once a month must have been seen.',
  ),
  'coverage-low': owner(
    'Days without reports',
    stating('Reports are missing on too many days'),
    'Check that the report address works and that reports are not set aside as problems.',
  ),
  'reports-overdue': owner(
    'Reports overdue',
    stating('No report has arrived lately'),
    'Check the `rua` address of the live record and the intake of reports.',
  ),
  'reporters-few': owner(
    'Too few reporters',
    stating('Too few receivers report'),
    'Wait for reports of another receiver, accept the reporters among the problems that you know, or accept the risk with a written reason.',
  ),
  'volume-low': owner(
    'Too little mail',
    stating('Your own sources sent too few messages to judge by'),
    'Wait for more mail, mark the domain as parked if it sends none, or accept the risk with a written reason.',
  ),
  'candidates-unanswered': owner(
    'Sources without an answer',
    stating('Sources that may be yours have not been answered'),
    'Answer each with "mine" or "not mine"; presume that the remaining ones are not yours.',
  ),
  'own-source-new': passing(
    'New source',
    stating('One of your own sources has appeared only recently'),
    'Wait until it has been seen for long enough to know how it authenticates.',
  ),
  'rate-low': owner(
    'Own mail fails',
    stating('Too many messages of your own sources fail DMARC'),
    'Look at the sources that fail most and correct how they sign or which domain they send from.',
  ),
  'source-rate-low': owner(
    'A source fails',
    stating('One of your own sources fails DMARC too often'),
    'Correct how this source signs (DKIM with your domain) or which domain its envelope uses (SPF).',
  ),
  'dkim-share-low': owner(
    'Too little mail signed',
    stating('Too much of your own mail passes by SPF alone, which forwarding breaks'),
    'Set up DKIM signatures with your domain at the sources that pass by SPF only.',
  ),
  'subdomain-rate-low': owner(
    'A subdomain fails',
    stating('Mail from a subdomain fails DMARC too often for the policy it would inherit'),
    'Correct the sources of this subdomain, or publish `sp` with a weaker policy for subdomains.',
  ),
} as const satisfies Record<string, ReasonEntry>

/** What keeps MTA-STS from being enforced. `found` is the figure that is too low or too high. */
export const mtaStsBlockers = {
  'tls-no-data': owner(
    'No TLS reports',
    'There is no TLS report to judge by.',
    'Publish a TLS-RPT record with an address that receives reports, and wait for the first ones.',
  ),
  'tls-time-too-short': passing(
    'Too early',
    stating('TLS reports do not reach back far enough'),
    'Wait until reports of two weeks have arrived.',
  ),
  'tls-reports-overdue': owner(
    'TLS reports overdue',
    stating('No TLS report has arrived lately'),
    'Check the `rua` of the TLS-RPT record and the intake of reports.',
  ),
  'tls-reporters-few': owner(
    'Too few reporters',
    stating('Too few senders report'),
    'Wait for reports of another sender, or accept the risk with a written reason.',
  ),
  'tls-failures': owner(
    'TLS failures',
    stating('Senders failed to fetch the policy or to verify a certificate'),
    'Correct the certificates of your MX hosts or the policy that the failures name.',
  ),
} as const satisfies Record<string, ReasonEntry>
