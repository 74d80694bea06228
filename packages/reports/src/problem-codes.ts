/** What a code stands for. Codes never change their meaning; a new meaning gets a new code. */
export interface ReportCode {
  /** `problem`: the report is set aside as a whole. `warning`: it is read, and this is worth knowing. */
  readonly severity: 'problem' | 'warning'
  readonly meaning: string
  /** What the person who runs the intake, or the reporter, can do. */
  readonly fix: string
}

const problem = (meaning: string, fix: string) => ({ severity: 'problem', meaning, fix }) as const
const warning = (meaning: string, fix = 'Nothing to do: the report is read all the same.') =>
  ({ severity: 'warning', meaning, fix }) as const

const tellReporter = 'Download the original and send it to the reporter: only they can correct it.'
const raiseLimit = 'Check the original: a report of this size is an attack or a fault of the reporter.'

/** Every code this package can answer. The README's table is this list. */
export const reportCodes = {
  // The bytes and their containers
  empty: problem('There is nothing to read', tellReporter),
  'not-a-report': problem('No aggregate, failure or TLS report was found', 'Check what was sent to this address.'),
  'packed-too-large': problem('The input is larger than the limit for packed data', raiseLimit),
  'unpacked-too-large': problem('The unpacked data is larger than the limit', raiseLimit),
  'too-many-members': problem('The archive or message has more members than the limit', raiseLimit),
  'nested-too-deep': problem('Archives or messages are nested deeper than the limit', raiseLimit),
  'archive-corrupt': problem('The archive cannot be unpacked or its checksum is wrong', tellReporter),
  'archive-encrypted': problem('The archive is encrypted', tellReporter),
  'mail-malformed': problem('The message cannot be read as MIME', tellReporter),
  'mail-encrypted': problem('The message is encrypted with S/MIME or OpenPGP', tellReporter),
  'took-too-long': problem('Reading took longer than the limit', raiseLimit),
  'archive-trailing-data': warning('Data follows the end of the compressed stream'),
  // XML
  'xml-malformed': problem('The XML is malformed and cannot be repaired', tellReporter),
  'xml-truncated': problem('The XML ends before the report does', tellReporter),
  'xml-doctype': problem('The XML has a document type declaration, which reports never need', tellReporter),
  'xml-too-deep': problem('Elements are nested deeper than the limit', raiseLimit),
  'text-too-long': problem('A text or a tag is longer than the limit', raiseLimit),
  'too-many-records': problem('The report has more records than the limit', raiseLimit),
  'byte-order-mark': warning('The text begins with a byte-order mark'),
  'leading-space': warning('Space stands before the XML declaration'),
  'encoding-repaired': warning('Bytes that are not valid UTF-8 were read as windows-1252'),
  'control-characters': warning('Control characters were removed'),
  'bare-ampersand': warning('An ampersand that is not part of an entity was read as text'),
  'bare-less-than': warning('A less-than sign that does not begin a tag was read as text'),
  'stray-elements': warning('Elements around or between the known ones were skipped'),
  'xml-repaired': warning('A fault in the XML was skipped'),
  // An aggregate report as a whole
  'report-id-missing': problem('The report has no identifier', tellReporter),
  'dates-missing': problem('The reporting period is missing or is not two numbers', tellReporter),
  'dates-reversed': problem('The reporting period ends before it begins', tellReporter),
  'dates-future': problem('The reporting period is in the future', tellReporter),
  'dates-too-long': problem('The reporting period is longer than 31 days', tellReporter),
  'domain-missing': problem('The report names no policy domain', tellReporter),
  'domain-invalid': problem('The policy domain is not a domain name', tellReporter),
  'org-missing': warning('The reporter gives no name'),
  'email-missing': warning('The reporter gives no contact address'),
  'report-id-brackets': warning('The report identifier stood in angle brackets'),
  'dates-milliseconds': warning('The reporting period was given in milliseconds'),
  'dates-long': warning('The period is longer than a day; counts are split over its days in proportion'),
  'policy-missing': warning('The published policy `p` is missing or unknown'),
  'value-case': warning('A value was written with capitals'),
  'value-alias': warning('A value was written with an older or foreign word'),
  'value-unknown': warning('A value is not one that the standards name'),
  'records-none': warning('The report has no records'),
  // One record
  'record-ip-missing': warning('A record without a source address was set aside', tellReporter),
  'record-ip-invalid': warning('A record whose source address is not an IP address was set aside', tellReporter),
  'record-count-invalid': warning('A record without a count of 1 or more was set aside', tellReporter),
  'header-from-missing': warning('A record names no From domain; the policy domain is taken'),
  'policy-evaluated-missing': warning('A record does not say whether DMARC passed; it is no evidence'),
  'auth-results-missing': warning('A record has no authentication results'),
  'results-too-many': warning('A record has more than 100 authentication results; the others were skipped'),
  'selector-missing': warning('A DKIM result has no selector'),
  'spf-domain-missing': warning('An SPF result has no domain'),
  // A TLS report
  'json-malformed': problem('The JSON cannot be read', tellReporter),
  'policies-missing': problem('The report has no list of policies', tellReporter),
  'contact-missing': warning('The report has no contact address'),
  'policies-empty': warning('The list of policies is empty'),
  'policy-set-aside': warning('A policy without type, domain or counts was set aside', tellReporter),
  'failure-set-aside': warning('A failure without type or count was set aside', tellReporter),
  'number-as-text': warning('A number was written as text'),
  'list-as-text': warning('A list of one was written as text'),
  // A failure report
  'feedback-type-missing': problem('The report part has no Feedback-Type', tellReporter),
  'feedback-type-other': problem('The report is a complaint, not an authentication failure', 'Nothing to do.'),
  'original-missing': warning('The headers of the reported message are missing'),
  'alignment-ambiguous': warning(
    'Identity-Alignment means the opposite in RFC 7489 and RFC 9991; the verdict comes from Authentication-Results',
  ),
} as const satisfies Record<string, ReportCode>

export type ReportProblemCode = {
  [K in keyof typeof reportCodes]: (typeof reportCodes)[K]['severity'] extends 'problem' ? K : never
}[keyof typeof reportCodes]

export type ReportWarningCode = Exclude<keyof typeof reportCodes, ReportProblemCode>
