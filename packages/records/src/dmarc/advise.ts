import type { FindingCode } from '../catalogue.ts'
import type { Findings, Place } from '../finding.ts'
import type { TagText } from '../text/tag-list.ts'
import type { PolicyState } from './effective.ts'
import { comparePolicies, type DmarcOutcome, type DmarcTags } from './tags.ts'

export interface DmarcReading {
  readonly text: string
  readonly tags: DmarcTags
  /** Well-formed tags by lower-case name. */
  readonly places: ReadonlyMap<string, TagText>
  readonly pieces: readonly TagText[]
  readonly state: PolicyState
  readonly outcome: DmarcOutcome
}

/** Findings about the record as a whole: what is missing, what does nothing, and where the two generations of readers differ. */
export function adviseOnDmarc(reading: DmarcReading, findings: Findings): void {
  adviseOnPresence(reading, findings)
  adviseOnPolicies(reading, findings)
  adviseOnTest(reading, findings)
  const { tags, places, text, outcome } = reading
  const whole = { start: 0, end: text.length }
  if (tags.fo !== undefined && !tags.ruf?.length) {
    const parts = {
      wrong: 'fo does nothing without ruf',
      found: `fo=${tags.fo}`,
      expected: 'a ruf beside it',
      next: 'Add ruf or remove fo.',
    }
    findings.add('fo-without-ruf', placeOf(places, 'fo', whole), parts, 'fo')
  }
  if (tags.psd === 'y') {
    const parts = {
      wrong: 'psd=y says that this name is a public suffix',
      found: 'psd=y',
      expected: 'psd=y at registries only',
      next: 'Remove psd unless others register names under this one.',
    }
    findings.add('psd-y', placeOf(places, 'psd', whole), parts, 'psd')
  }
  if (outcome === 'policy' && !tags.rua?.length) {
    const parts = {
      wrong: 'No reports are asked for',
      expected: 'rua=mailto:...',
      next: 'Add rua to see what the policy does.',
    }
    findings.add('no-reports', { start: text.length, end: text.length }, parts, 'rua')
  }
}

function adviseOnPresence({ tags, places, pieces, state, text }: DmarcReading, findings: Findings): void {
  const end = { start: text.length, end: text.length }
  if (state.pMissing && tags.rua?.length) {
    const next = 'Add p=none after the version: RFC 7489 readers may ignore the record.'
    findings.add(
      'p-missing',
      end,
      { wrong: 'There is no p tag, so the record acts as p=none', expected: 'p', next },
      'p',
    )
  } else if (state.pMissing) {
    const next = 'Add p after the version: receivers ignore the record.'
    findings.add(
      'no-policy',
      end,
      { wrong: 'There is neither p nor a usable rua', expected: 'p=none, p=quarantine or p=reject', next },
      'p',
    )
  }
  const written = pieces.filter((piece) => piece.text !== '')
  const p = places.get('p')
  if (p && written.indexOf(p) !== 1) {
    const parts = {
      wrong: 'p is not the second tag',
      found: p.text,
      expected: 'p straight after the version',
      next: 'Move it there: RFC 7489 readers expect it so.',
    }
    findings.add('p-not-second', p, parts, 'p')
  }
}

function adviseOnPolicies({ tags, places, text }: DmarcReading, findings: Findings): void {
  const { p, sp, np } = tags
  const whole = { start: 0, end: text.length }
  if (p === undefined) return
  if (sp !== undefined && comparePolicies(sp, p) < 0) {
    const parts = {
      wrong: 'Subdomains have a weaker policy than the domain',
      found: `sp=${sp}`,
      expected: `sp=${p} or none of its own`,
      next: 'Remove sp unless this is meant.',
    }
    findings.add('sp-weaker', placeOf(places, 'sp', whole), parts, 'sp')
  }
  if (np === undefined) return
  const inherited = sp ?? p
  if (comparePolicies(np, inherited) < 0) {
    const parts = {
      wrong: 'Names that do not exist have a weaker policy than those that do',
      found: `np=${np}`,
      expected: `np=${inherited} or stronger`,
      next: 'Use np=reject: nobody sends from a name that does not exist.',
    }
    findings.add('np-weaker', placeOf(places, 'np', whole), parts, 'np')
  }
  if (np !== inherited) {
    const parts = {
      wrong: 'RFC 7489 readers do not know np',
      found: `np=${np}`,
      expected: `${inherited} to be applied by them`,
      next: 'Count on np only where receivers follow RFC 9989.',
    }
    findings.add('np-unknown-to-rfc7489', placeOf(places, 'np', whole), parts, 'np')
  }
}

function adviseOnTest({ tags, places, text }: DmarcReading, findings: Findings): void {
  const { p, sp, np, t, pct } = tags
  const whole = { start: 0, end: text.length }
  const add = (code: FindingCode, tag: string, wrong: string, found: string, expected: string, next: string) =>
    findings.add(code, placeOf(places, tag, whole), { wrong, found, expected, next }, tag)
  const enforces = [p, sp, np].some((policy) => policy !== undefined && policy !== 'none')
  if (t === 'y' && !enforces) {
    add(
      't-without-effect',
      't',
      'Test mode changes nothing where every policy is none',
      't=y',
      'a policy to test',
      'Remove t, or raise p.',
    )
  }
  if (t === 'y' && enforces && pct !== 0) {
    add(
      't-unknown-to-rfc7489',
      't',
      'RFC 7489 readers apply the policy in full',
      't=y',
      'pct=0 for them',
      'Add pct=0 if they must not, or accept it.',
    )
  }
  if (pct !== undefined && pct < 100 && t !== 'y' && enforces) {
    const next =
      pct === 0
        ? 'Write t=y beside it: it says the same to RFC 9989 readers.'
        : 'Use t=y or a weaker p: nothing in RFC 9989 means a share of the mail.'
    add(
      'pct-enforced-in-full',
      'pct',
      'RFC 9989 readers enforce the policy on all mail',
      `pct=${pct}`,
      'no pct, or t=y beside pct=0',
      next,
    )
  }
}

function placeOf(places: ReadonlyMap<string, TagText>, name: string, fallback: Place): Place {
  return places.get(name) ?? fallback
}
