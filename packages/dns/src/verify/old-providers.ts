import { isWithin } from '../wire/names.ts'

/** Domains under which other services host DMARC, MTA-STS and TLS-RPT records. Only used to name what was found. */
const providers: Record<string, string[]> = {
  DMARCLY: ['dmarcly.com'],
  Dmarcian: ['dmarcian.com', 'dmarcian.eu'],
  EasyDMARC: ['easydmarc.com', 'easydmarc.eu', 'easydmarc.us', 'easydmarc.pro'],
  Mailhardener: ['mailhardener.com'],
  MailShield: ['mailshield.app'],
  'Mimecast DMARC Analyzer': ['dmarcanalyzer.com'],
  PowerDMARC: ['powerdmarc.com'],
  Proofpoint: ['emaildefense.proofpoint.com', 'pphosted.com'],
  'Red Sift OnDMARC': ['ondmarc.com', 'redsift.cloud'],
  Sendmarc: ['sendmarc.com', 'sdmarc.net'],
  Skysnag: ['skysnag.com'],
  URIports: ['uriports.com'],
  Valimail: ['vali.email', 'valimail.com'],
}

/** The service that hosts records under this name, where it is a known one. */
export function knownProvider(target: string): string | undefined {
  return Object.entries(providers).find(([, domains]) => domains.some((domain) => isWithin(target, domain)))?.[0]
}
