import { owner, passing, type ReasonEntry, stating } from './entry.ts'

/** What a server decides about a report beyond its content: whose it is, and whether it counts. `found` is what was found. */
export const intakeReasons = {
  'foreign-domain': owner(
    'Report about another domain',
    stating('The report is about a domain that is neither the domain of this address nor below it'),
    'Check who publishes this address in a DMARC or TLS-RPT record: only the records of this domain should name it.',
  ),
  'not-authenticated': owner(
    'Sender not authenticated',
    stating('The mail that brought the report is not authenticated as a domain of the reporter, so it is no evidence'),
    'Accept the report if you know that it is genuine.',
  ),
  'unknown-reporter': owner(
    'Reporter not known',
    stating(
      'The report is genuine, but anybody with a domain can report what they like, so this reporter is no evidence',
    ),
    'Accept the report if you know the reporter: its reports count from then on.',
  ),
  'reading-failed': owner(
    'Reading failed',
    stating('Reading ended without a result'),
    'Download the original: a file that needs this much time or memory is an attack or a fault of the reporter.',
  ),
  replaced: passing(
    'Replaced by a newer report',
    stating('The reporter sent two reports with the same identifier and different counts; the newer one counts'),
  ),
} as const satisfies Record<string, ReasonEntry>
