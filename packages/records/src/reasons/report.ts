import { owner, passing, type ReasonEntry, stating } from './entry.ts'

const sendBack = 'Download the original and send it to the reporter: only they can correct it.'
const checkOriginal = 'Check the original: a report of this size is an attack or a fault of the reporter.'

const faulty = (title: string, what: string) => owner(title, stating(what), sendBack)
const excessive = (title: string, what: string) => owner(title, stating(what), checkOriginal)
const tolerated = (title: string, what: string) => passing(title, stating(what))

/** Why a report is set aside as a whole. `found` is what was found. */
export const reportProblems = {
  // The bytes and their containers
  empty: faulty('Nothing to read', 'There is nothing to read'),
  'not-a-report': owner(
    'Not a report',
    stating('No aggregate, failure or TLS report was found'),
    'Check what was sent to this address.',
  ),
  'packed-too-large': excessive('Input too large', 'The input is larger than the limit for packed data'),
  'unpacked-too-large': excessive('Unpacked data too large', 'The unpacked data is larger than the limit'),
  'too-many-members': excessive('Too many members', 'The archive or message has more members than the limit'),
  'nested-too-deep': excessive('Nested too deep', 'Archives or messages are nested deeper than the limit'),
  'archive-corrupt': faulty('Archive damaged', 'The archive cannot be unpacked or its checksum is wrong'),
  'archive-encrypted': faulty('Archive encrypted', 'The archive is encrypted'),
  'mail-malformed': faulty('Message malformed', 'The message cannot be read as MIME'),
  'mail-encrypted': faulty('Message encrypted', 'The message is encrypted with S/MIME or OpenPGP'),
  'took-too-long': excessive('Reading took too long', 'Reading took longer than the limit'),
  // XML
  'xml-malformed': faulty('XML malformed', 'The XML is malformed and cannot be repaired'),
  'xml-truncated': faulty('XML truncated', 'The XML ends before the report does'),
  'xml-doctype': faulty(
    'XML with a document type',
    'The XML has a document type declaration, which reports never need',
  ),
  'xml-too-deep': excessive('XML nested too deep', 'Elements are nested deeper than the limit'),
  'text-too-long': excessive('Text too long', 'A text or a tag is longer than the limit'),
  'too-many-records': excessive('Too many records', 'The report has more records than the limit'),
  // The report as a whole
  'report-id-missing': faulty('Identifier missing', 'The report has no identifier'),
  'dates-missing': faulty('Period missing', 'The reporting period is missing or is not two numbers'),
  'dates-reversed': faulty('Period reversed', 'The reporting period ends before it begins'),
  'dates-future': faulty('Period in the future', 'The reporting period is in the future'),
  'dates-too-long': faulty('Period too long', 'The reporting period is longer than 31 days'),
  'domain-missing': faulty('Policy domain missing', 'The report names no policy domain'),
  'domain-invalid': faulty('Policy domain invalid', 'The policy domain is not a domain name'),
  // A TLS report
  'json-malformed': faulty('JSON malformed', 'The JSON cannot be read'),
  'json-too-large': excessive('JSON too large', 'The JSON of a TLS report is larger than the limit'),
  'policies-missing': faulty('Policies missing', 'The report has no list of policies'),
  // A failure report
  'feedback-type-missing': faulty('Feedback type missing', 'The report part has no Feedback-Type'),
  'feedback-type-other': passing(
    'Complaint instead of a report',
    stating('The report is a complaint, not an authentication failure'),
  ),
} as const satisfies Record<string, ReasonEntry>

/** What is worth knowing about a report that is read. `found` is the first occurrence. */
export const reportWarnings = {
  'archive-trailing-data': tolerated('Data after the archive', 'Data follows the end of the compressed stream'),
  // XML
  'byte-order-mark': tolerated('Byte-order mark', 'The text begins with a byte-order mark'),
  'leading-space': tolerated('Leading space', 'There is space before the XML declaration'),
  'encoding-repaired': tolerated('Encoding repaired', 'Bytes that are not valid UTF-8 were read as windows-1252'),
  'control-characters': tolerated('Control characters', 'Control characters were removed'),
  'bare-ampersand': tolerated('Bare ampersand', 'An ampersand that is not part of an entity was read as text'),
  'bare-less-than': tolerated('Bare less-than sign', 'A less-than sign that does not begin a tag was read as text'),
  'stray-elements': tolerated('Stray elements', 'Elements around or between the known ones were skipped'),
  'xml-repaired': tolerated('XML repaired', 'A fault in the XML was skipped'),
  // The report as a whole
  'org-missing': tolerated('Reporter without a name', 'The reporter gives no name'),
  'email-missing': tolerated('Contact address missing', 'The reporter gives no contact address'),
  'report-id-brackets': tolerated('Identifier in brackets', 'The report identifier is in angle brackets'),
  'dates-milliseconds': tolerated('Period in milliseconds', 'The reporting period is given in milliseconds'),
  'dates-long': tolerated(
    'Period of several days',
    'The period is longer than a day; counts are split over its days in proportion',
  ),
  'policy-missing': tolerated('Policy missing', 'The published policy `p` is missing or unknown'),
  'value-case': tolerated('Value in capitals', 'A value is written with capitals'),
  'value-alias': tolerated('Other word for a value', 'A value is written with an older or foreign word'),
  'value-unknown': tolerated('Unknown value', 'A value is not one that the standards name'),
  'records-none': tolerated('No records', 'The report has no records'),
  // One record
  'record-ip-missing': faulty('Source address missing', 'A record without a source address was set aside'),
  'record-ip-invalid': faulty(
    'Source address invalid',
    'A record whose source address is not an IP address was set aside',
  ),
  'record-count-invalid': faulty('Count invalid', 'A record without a count of 1 or more was set aside'),
  'header-from-missing': tolerated(
    'From domain missing',
    'A record names no From domain; the policy domain is used instead',
  ),
  'policy-evaluated-missing': tolerated(
    'DMARC result missing',
    'A record does not say whether DMARC passed; it is no evidence',
  ),
  'auth-results-missing': tolerated('Authentication results missing', 'A record has no authentication results'),
  'results-too-many': tolerated(
    'Too many authentication results',
    'A record has more than 100 authentication results; the others were skipped',
  ),
  'selector-missing': tolerated('DKIM selector missing', 'A DKIM result has no selector'),
  'spf-domain-missing': tolerated('SPF domain missing', 'An SPF result has no domain'),
  // A TLS report
  'contact-missing': tolerated('Contact address missing', 'The report has no contact address'),
  'policies-empty': tolerated('No policies', 'The list of policies is empty'),
  'policy-set-aside': faulty('Policy set aside', 'A policy without type, domain or counts was set aside'),
  'failure-set-aside': faulty('Failure set aside', 'A failure without type or count was set aside'),
  'number-as-text': tolerated('Number as text', 'A number is written as text'),
  'list-as-text': tolerated('List as text', 'A list of one is written as text'),
  // A failure report
  'original-missing': tolerated('Original headers missing', 'The headers of the reported message are missing'),
  'alignment-ambiguous': tolerated(
    'Alignment ambiguous',
    'Identity-Alignment means the opposite in RFC 7489 and RFC 9991; the verdict comes from Authentication-Results',
  ),
} as const satisfies Record<string, ReasonEntry>
