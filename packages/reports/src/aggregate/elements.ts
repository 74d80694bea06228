import type { HeaderBuilder } from './header-builder.ts'
import type { RecordBuilder } from './record-builder.ts'
import type { LocalisedText } from './types.ts'

/** Where the texts of elements go while they are read. */
export interface Draft {
  readonly header: HeaderBuilder
  record: RecordBuilder
  reason: { type: string; comment: LocalisedText | undefined }
  dkim: AuthResultDraft
  spf: AuthResultDraft
}

export interface AuthResultDraft {
  domain: string
  selector: string
  scope: string
  result: string
  human: LocalisedText | undefined
}

export const emptyResult = (): AuthResultDraft => ({
  domain: '',
  selector: '',
  scope: '',
  result: '',
  human: undefined,
})

/** An element that the report schemas know: a leaf with a text, or a parent of others. */
export interface KnownElement {
  readonly children?: ReadonlyMap<string, KnownElement>
  /** Set for leaves: stores the trimmed text. */
  readonly set?: (draft: Draft, text: string, lang: string | undefined) => void
  readonly open?: (draft: Draft) => void
  readonly close?: (draft: Draft, line: number) => void
}

const leaf = (set: NonNullable<KnownElement['set']>): KnownElement => ({ set })
const parent = (children: Record<string, KnownElement>, more: Omit<KnownElement, 'children'> = {}): KnownElement => ({
  children: new Map(Object.entries(children)),
  ...more,
})
const localised = (text: string, lang: string | undefined): LocalisedText =>
  lang === undefined ? { text } : { text, lang }
/** Domains in records are compared, never queried: lower case without the final dot is enough. */
const domain = (text: string): string => text.toLowerCase().replace(/\.$/, '')

const reportMetadata = parent({
  org_name: leaf((draft, text) => {
    draft.header.orgName = text
  }),
  email: leaf((draft, text) => {
    draft.header.email = text
  }),
  extra_contact_info: leaf((draft, text, lang) => {
    if (text !== '') draft.header.extraContactInfo = localised(text, lang)
  }),
  report_id: leaf((draft, text) => {
    draft.header.reportId = text
  }),
  date_range: parent({
    begin: leaf((draft, text) => {
      draft.header.begin = text
    }),
    end: leaf((draft, text) => {
      draft.header.end = text
    }),
  }),
  error: leaf((draft, text, lang) => draft.header.addError(localised(text, lang))),
  generator: leaf((draft, text) => {
    draft.header.generator = text
  }),
})

const publishedTexts = {
  domain: 'domain',
  discovery_method: 'discoveryMethod',
  p: 'p',
  sp: 'sp',
  np: 'np',
  adkim: 'adkim',
  aspf: 'aspf',
  fo: 'fo',
  testing: 'testing',
  pct: 'pct',
} as const

const policyPublished = parent(
  Object.fromEntries(
    Object.entries(publishedTexts).map(([name, key]) => [
      name,
      leaf((draft, text) => {
        draft.header[key] = text
      }),
    ]),
  ),
)

const policyEvaluated = parent({
  disposition: leaf((draft, text) => {
    draft.record.disposition = text
  }),
  dkim: leaf((draft, text) => {
    draft.record.dkim = text
  }),
  spf: leaf((draft, text) => {
    draft.record.spf = text
  }),
  reason: parent(
    {
      type: leaf((draft, text) => {
        draft.reason.type = text
      }),
      comment: leaf((draft, text, lang) => {
        if (text !== '') draft.reason.comment = localised(text, lang)
      }),
    },
    {
      open: (draft) => {
        draft.reason = { type: '', comment: undefined }
      },
      close: (draft) => draft.record.addReason(draft.reason.type, draft.reason.comment),
    },
  ),
})

const row = parent({
  source_ip: leaf((draft, text) => {
    draft.record.sourceIp = text
  }),
  count: leaf((draft, text) => {
    draft.record.count = text
  }),
  policy_evaluated: policyEvaluated,
})

const identifiers = parent({
  header_from: leaf((draft, text) => {
    draft.record.headerFrom = domain(text)
  }),
  envelope_from: leaf((draft, text) => {
    draft.record.envelopeFrom = domain(text)
  }),
  envelope_to: leaf((draft, text) => {
    draft.record.envelopeTo = domain(text)
  }),
})

/** The leaves of `dkim` and `spf` under `auth_results`; `which` says whose draft they fill. */
const resultLeaves = (which: 'dkim' | 'spf'): Record<string, KnownElement> => ({
  domain: leaf((draft, text) => {
    draft[which].domain = domain(text)
  }),
  selector: leaf((draft, text) => {
    draft[which].selector = text
  }),
  scope: leaf((draft, text) => {
    draft[which].scope = text
  }),
  result: leaf((draft, text) => {
    draft[which].result = text
  }),
  human_result: leaf((draft, text, lang) => {
    if (text !== '') draft[which].human = localised(text, lang)
  }),
})

const authResults = parent(
  {
    dkim: parent(resultLeaves('dkim'), {
      open: (draft) => {
        draft.dkim = emptyResult()
      },
      close: (draft, line) => {
        const { domain: signer, selector, result, human } = draft.dkim
        draft.record.addDkim(signer, selector, result, human, line)
      },
    }),
    spf: parent(resultLeaves('spf'), {
      open: (draft) => {
        draft.spf = emptyResult()
      },
      close: (draft, line) => {
        const { domain: checked, scope, result, human } = draft.spf
        draft.record.addSpf(checked, scope, result, human, line)
      },
    }),
  },
  {
    open: (draft) => {
      draft.record.hasAuthResults = true
    },
  },
)

export const recordElement = parent({
  row,
  identifiers,
  // The draft's name, still on the wire.
  identities: identifiers,
  auth_results: authResults,
})

/** Parts of a report that are found even inside a stray element that is never closed. */
export const reportParts: ReadonlyMap<string, KnownElement> = new Map([
  ['report_metadata', reportMetadata],
  ['policy_published', policyPublished],
  ['record', recordElement],
])

export const feedbackElement = parent({
  version: leaf((draft, text) => {
    draft.header.version = text
  }),
  ...Object.fromEntries(reportParts),
})
