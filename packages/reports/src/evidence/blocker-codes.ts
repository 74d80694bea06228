/** What keeps a policy from being tightened. Codes never change their meaning; a new meaning gets a new code. */
export const blockerCodes = {
  'no-data': {
    meaning: 'There is no report to judge by',
    fix: 'Publish a `rua` address that receives reports, and wait for the first ones; most reporters send once a day.',
  },
  'time-too-short': {
    meaning: 'The domain has not been at the level below for long enough',
    fix: 'Wait until the days are complete: senders that mail once a month must have been seen.',
  },
  'coverage-low': {
    meaning: 'Reports are missing on too many days',
    fix: 'Check that the report address works and that reports are not set aside as problems.',
  },
  'reports-overdue': {
    meaning: 'No report has arrived lately',
    fix: 'Check the `rua` address of the live record and the intake of reports.',
  },
  'reporters-few': {
    meaning: 'Too few receivers report',
    fix: 'Wait for reports of another receiver, or accept the risk with a written reason.',
  },
  'volume-low': {
    meaning: 'Your own sources sent too few messages to judge by',
    fix: 'Wait for more mail, mark the domain as parked if it sends none, or accept the risk with a written reason.',
  },
  'candidates-unanswered': {
    meaning: 'Sources that may be yours have not been answered',
    fix: 'Answer each with "mine" or "not mine"; presume that the remaining ones are not yours.',
  },
  'own-source-new': {
    meaning: 'An own source has appeared only recently',
    fix: 'Wait until it has been seen for long enough to know how it authenticates.',
  },
  'rate-low': {
    meaning: 'Too many messages of your own sources fail DMARC',
    fix: 'Look at the sources that fail most and correct how they sign or which domain they send from.',
  },
  'source-rate-low': {
    meaning: 'One of your own sources fails DMARC too often',
    fix: 'Correct how this source signs (DKIM with your domain) or which domain its envelope uses (SPF).',
  },
  'dkim-share-low': {
    meaning: 'Too much of your own mail passes by SPF alone, which forwarding breaks',
    fix: 'Set up DKIM signatures with your domain at the sources that pass by SPF only.',
  },
  'subdomain-rate-low': {
    meaning: 'Mail from a subdomain fails DMARC too often for the policy it would inherit',
    fix: 'Correct the sources of this subdomain, or publish `sp` with a weaker policy for subdomains.',
  },
} as const satisfies Record<string, { meaning: string; fix: string }>

export type BlockerCode = keyof typeof blockerCodes
