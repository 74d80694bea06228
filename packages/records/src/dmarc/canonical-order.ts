import type { DmarcTags } from './tags.ts'

/** The tags while they are being read; `v` was found already. All names are there, for readers of any strictness. */
export type ReadTags = { [Name in Exclude<keyof DmarcTags, 'v' | 'other'>]: DmarcTags[Name] | undefined } & {
  other: { name: string; value: string }[] | undefined
}

/** The tags of a record before the first one is read. */
export function noTags(): ReadTags {
  return {
    p: undefined,
    sp: undefined,
    np: undefined,
    adkim: undefined,
    aspf: undefined,
    fo: undefined,
    rua: undefined,
    ruf: undefined,
    t: undefined,
    psd: undefined,
    pct: undefined,
    rf: undefined,
    ri: undefined,
    other: undefined,
  }
}

/** The tags that were found, in the order in which they are written (`dmarcTagOrder`); a loop over the names costs more. */
export function inCanonicalOrder(read: ReadTags): DmarcTags {
  const tags: { -readonly [Name in keyof DmarcTags]: DmarcTags[Name] } = { v: 'DMARC1' }
  if (read.p !== undefined) tags.p = read.p
  if (read.sp !== undefined) tags.sp = read.sp
  if (read.np !== undefined) tags.np = read.np
  if (read.adkim !== undefined) tags.adkim = read.adkim
  if (read.aspf !== undefined) tags.aspf = read.aspf
  if (read.fo !== undefined) tags.fo = read.fo
  if (read.rua !== undefined) tags.rua = read.rua
  if (read.ruf !== undefined) tags.ruf = read.ruf
  if (read.t !== undefined) tags.t = read.t
  if (read.psd !== undefined) tags.psd = read.psd
  if (read.pct !== undefined) tags.pct = read.pct
  if (read.rf !== undefined) tags.rf = read.rf
  if (read.ri !== undefined) tags.ri = read.ri
  if (read.other !== undefined) tags.other = read.other
  return tags
}
