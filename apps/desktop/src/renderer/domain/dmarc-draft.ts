import {
  adviseDmarcChange,
  type DmarcPolicy,
  type DmarcTags,
  type Finding,
  formatDmarc,
  parseDmarc,
  validateHostedDmarcConfig,
} from '@dmarc-as-code/records'

/** The form's fields. Addresses as people write them; the addresses of the service are kept apart and cannot be removed. */
export interface DmarcDraft {
  readonly p: DmarcPolicy
  /** Empty: the same as `p`. */
  readonly sp: DmarcPolicy | ''
  readonly strictDkim: boolean
  readonly strictSpf: boolean
  readonly testMode: boolean
  readonly rua: string
  readonly ruf: string
}

interface DraftCheck {
  readonly record: string
  readonly errors: readonly Finding[]
  readonly warnings: readonly Finding[]
}

export function draftOf(record: string, defaultRecord: string): DmarcDraft {
  const { tags } = parseDmarc(record)
  const own = parseDmarc(defaultRecord).tags
  return {
    p: tags.p ?? 'none',
    sp: tags.sp ?? '',
    strictDkim: tags.adkim === 's',
    strictSpf: tags.aspf === 's',
    testMode: tags.t === 'y',
    rua: addresses(tags.rua, own.rua),
    ruf: addresses(tags.ruf, own.ruf),
  }
}

/** Builds the record and validates it: alone, against the rules of the service, and as a change from the present one. */
export function checkDraft(draft: DmarcDraft, present: string, defaultRecord: string, parked: boolean): DraftCheck {
  const before = parseDmarc(present)
  const own = parseDmarc(defaultRecord).tags
  const { sp: _sp, t: _t, adkim: _adkim, aspf: _aspf, ...others } = before.tags
  const tags: DmarcTags = {
    ...others,
    p: draft.p,
    ...(draft.sp ? { sp: draft.sp } : {}),
    ...(draft.strictDkim ? { adkim: 's' } : {}),
    ...(draft.strictSpf ? { aspf: 's' } : {}),
    ...(draft.testMode ? { t: 'y' } : {}),
    rua: [...(own.rua ?? []), ...uris(draft.rua)],
    ruf: [...(own.ruf ?? []), ...uris(draft.ruf)],
  }
  const record = write(tags)
  const judged = validateHostedDmarcConfig(record, defaultRecord, { parked })
  const advice = adviseDmarcChange(before, parseDmarc(record))
  return { record: judged.text ?? record, errors: judged.errors, warnings: [...judged.warnings, ...advice] }
}

/** What cannot be formatted is shown as typed, so that the finding has something to point at. */
function write(tags: DmarcTags): string {
  const { rua = [], ruf = [], ...rest } = tags
  const lists = [rua.length > 0 ? `rua=${rua.join(',')}` : '', ruf.length > 0 ? `ruf=${ruf.join(',')}` : '']
  try {
    return formatDmarc(tags)
  } catch {
    return [formatDmarc(rest), ...lists].filter(Boolean).join('; ')
  }
}

function addresses(all: readonly string[] | undefined, own: readonly string[] | undefined): string {
  const extra = (all ?? []).filter((uri) => !(own ?? []).includes(uri))
  return extra.map((uri) => uri.replace(/^mailto:/, '')).join(', ')
}

function uris(text: string): string[] {
  const parts = text.split(/[\s,]+/).filter(Boolean)
  return parts.map((part) => (/^[a-z][a-z0-9+.-]*:/i.test(part) ? part : `mailto:${part}`))
}
