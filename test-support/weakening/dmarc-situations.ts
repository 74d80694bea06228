import type { TestZone } from '../dns-daemon.ts'

/** What a surface must say before a CNAME at `_dmarc` of `domain` leads to a hosted record. */
export interface DmarcSituation {
  /** Also the first label of the hosted name. */
  id: string
  /** Completes "where the domain has ...". */
  title: string
  domain: string
  /** The zones as they are before the change. `domain` lies in the first one. */
  zones: TestZone[]
  /** The hosted record that answers after the change. */
  hosted: string
  verdict: {
    /** `unknown` where what is live cannot be read. */
    grade: 'stronger' | 'same' | 'weaker' | 'incomparable' | 'unknown'
    needsConsent: boolean
    /** The reasons from the catalogue (subject `effect`), in the order of the comparison. */
    reasons: string[]
  }
}

export const hostedZone = 'hosted.test'
const hostedAddress = 'in@hosted.test'
const ours = `rua=mailto:${hostedAddress}`
const own = (record: string) => `_dmarc IN TXT "${record}"`

/** The name that the CNAME of a situation leads to. */
export const dmarcTarget = ({ id }: Pick<DmarcSituation, 'id'>) => `${id}.dmarc.${hostedZone}`

/** One table for every surface: what is live, what will be hosted, and what is to be said about it. */
export const dmarcSituations: readonly DmarcSituation[] = [
  {
    id: 'stronger-own',
    title: 'a stronger record of its own',
    domain: 'stronger-own.test',
    zones: [
      { name: 'stronger-own.test', records: [own('v=DMARC1; p=reject; sp=reject; rua=mailto:soc@stronger-own.test')] },
    ],
    hosted: `v=DMARC1; p=none; ${ours}`,
    verdict: {
      grade: 'incomparable',
      needsConsent: true,
      reasons: ['policy-weaker', 'subdomain-policy-weaker', 'nonexistent-policy-weaker', 'reports-moved'],
    },
  },
  {
    id: 'only-policy',
    title: 'a stronger policy without report addresses',
    domain: 'only-policy.test',
    zones: [{ name: 'only-policy.test', records: [own(`v=DMARC1; p=quarantine; ${ours}`)] }],
    hosted: `v=DMARC1; p=none; ${ours}`,
    verdict: {
      grade: 'weaker',
      needsConsent: true,
      reasons: ['policy-weaker', 'subdomain-policy-weaker', 'nonexistent-policy-weaker'],
    },
  },
  {
    id: 'weaker-own',
    title: 'a weaker record of its own',
    domain: 'weaker-own.test',
    zones: [{ name: 'weaker-own.test', records: [own(`v=DMARC1; p=none; ${ours}`)] }],
    hosted: `v=DMARC1; p=reject; ${ours}`,
    verdict: {
      grade: 'stronger',
      needsConsent: false,
      reasons: ['policy-stronger', 'subdomain-policy-stronger', 'nonexistent-policy-stronger'],
    },
  },
  {
    id: 'equal-own',
    title: 'an equal record of its own, written differently',
    domain: 'equal-own.test',
    zones: [{ name: 'equal-own.test', records: [own(`v=DMARC1;p=reject;adkim=r;sp=reject;${ours}`)] }],
    hosted: `v=DMARC1; p=reject; ${ours}`,
    verdict: { grade: 'same', needsConsent: false, reasons: [] },
  },
  {
    id: 'more-addresses',
    title: 'an equal policy and more report addresses',
    domain: 'more-addresses.test',
    zones: [
      {
        name: 'more-addresses.test',
        records: [own(`v=DMARC1; p=reject; rua=mailto:soc@more-addresses.test,mailto:${hostedAddress}`)],
      },
    ],
    hosted: `v=DMARC1; p=reject; ${ours}`,
    verdict: { grade: 'weaker', needsConsent: true, reasons: ['reports-lost'] },
  },
  {
    id: 'several-own',
    title: 'several records, which count as none',
    domain: 'several-own.test',
    zones: [{ name: 'several-own.test', records: [own('v=DMARC1; p=reject'), own('v=DMARC1; p=quarantine')] }],
    hosted: `v=DMARC1; p=none; ${ours}`,
    verdict: { grade: 'stronger', needsConsent: false, reasons: ['reports-gained'] },
  },
  {
    id: 'other-service',
    title: 'a CNAME to another service with a stronger record',
    domain: 'other-service.test',
    zones: [
      { name: 'other-service.test', records: ['_dmarc IN CNAME other-service.dmarc.elsewhere.test.'] },
      {
        name: 'elsewhere.test',
        records: ['other-service.dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:in@elsewhere.test"'],
      },
    ],
    hosted: `v=DMARC1; p=none; ${ours}`,
    verdict: {
      grade: 'incomparable',
      needsConsent: true,
      reasons: ['policy-weaker', 'subdomain-policy-weaker', 'nonexistent-policy-weaker', 'reports-moved'],
    },
  },
  {
    id: 'inherited',
    title: 'no record, and a parent whose policy it inherits',
    domain: 'inherited.parent.test',
    zones: [{ name: 'parent.test', records: [own(`v=DMARC1; p=reject; ${ours}`)] }],
    hosted: `v=DMARC1; p=none; ${ours}`,
    verdict: {
      grade: 'weaker',
      needsConsent: true,
      reasons: ['policy-weaker', 'subdomain-policy-weaker', 'nonexistent-policy-weaker'],
    },
  },
  {
    id: 'wildcard',
    title: 'a stronger record that a wildcard answers with',
    domain: 'wildcard.test',
    zones: [{ name: 'wildcard.test', records: [`* IN TXT "v=DMARC1; p=reject; ${ours}"`] }],
    hosted: `v=DMARC1; p=none; ${ours}`,
    verdict: {
      grade: 'weaker',
      needsConsent: true,
      reasons: ['policy-weaker', 'subdomain-policy-weaker', 'nonexistent-policy-weaker'],
    },
  },
  {
    id: 'parked',
    title: 'the record of a parked domain, and the hosted default of one',
    domain: 'parked.test',
    zones: [{ name: 'parked.test', records: ['@ IN TXT "v=spf1 -all"', own('v=DMARC1; p=reject; sp=reject')] }],
    hosted: `v=DMARC1; p=reject; sp=reject; ${ours}`,
    verdict: { grade: 'stronger', needsConsent: false, reasons: ['reports-gained'] },
  },
  {
    id: 'none',
    title: 'no record at all',
    domain: 'none.test',
    zones: [{ name: 'none.test' }],
    hosted: `v=DMARC1; p=none; ${ours}`,
    verdict: { grade: 'stronger', needsConsent: false, reasons: ['reports-gained'] },
  },
  {
    id: 'unreadable',
    title: 'a CNAME to a service that does not answer',
    domain: 'unreadable.test',
    zones: [{ name: 'unreadable.test', records: ['_dmarc IN CNAME k.dmarc.nobody-answers.test.'] }],
    hosted: `v=DMARC1; p=none; ${ours}`,
    verdict: { grade: 'unknown', needsConsent: false, reasons: [] },
  },
]

/**
 * Every zone of the table for one server: those of the situations, the hosted zone, and `test` above them, which delegates
 * nobody-answers.test to a server that is nowhere.
 */
export function dmarcZones(): TestZone[] {
  const hosted = dmarcSituations.map((one) => `${one.id}.dmarc IN TXT "${one.hosted}"`)
  const parents = { name: 'test', records: ['nobody-answers IN NS ns.nobody-answers.invalid.'] }
  return [parents, ...dmarcSituations.flatMap(({ zones }) => zones), { name: hostedZone, records: hosted }]
}
