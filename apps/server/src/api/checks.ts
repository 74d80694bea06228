import type { WireCnameCheck, WirePolicyFileCheck, WireTxtCheck } from '@dmarc-as-code/client/contract'
import type { AskedServer } from '@dmarc-as-code/dns/resolver'
import type { CnameVerdict, PolicyFileVerdict, TxtVerdict } from '@dmarc-as-code/dns/verify'

/** A CNAME's verdict in the form of the API. */
export const cnameCheck = (verdict: CnameVerdict): WireCnameCheck => ({
  value: verdict.expected.target,
  status: verdict.status,
  name: verdict.name,
  reason: verdict.reason ?? null,
  expected: verdict.expected.target,
  found: verdict.found.map(({ name, type, value }) => `${name} ${type} ${value}`).join('; ') || null,
  fix: verdict.fix || null,
  checked_at: verdict.at,
  asked: verdict.asked.map(server),
  ...(verdict.detail === undefined ? {} : { detail: verdict.detail }),
  ...(verdict.visibleBy === undefined ? {} : { visible_by: verdict.visibleBy }),
})

export const txtCheck = (verdict: TxtVerdict): WireTxtCheck => ({
  status: verdict.status,
  name: verdict.name,
  reason: verdict.reason ?? null,
  expected: verdict.expected,
  found: verdict.found.join('; ') || null,
  // The server publishes the TXT record, so there is nothing for the domain's owner to fix.
  fix: null,
  checked_at: verdict.at,
  asked: verdict.asked.map(server),
  ...(verdict.detail === undefined ? {} : { detail: verdict.detail }),
})

export const policyFileCheck = (verdict: PolicyFileVerdict): WirePolicyFileCheck => ({
  status: verdict.status,
  name: verdict.url,
  reason: verdict.reason ?? null,
  expected: 'the hosted policy over HTTPS',
  found: verdict.status === 'active' ? 'the hosted policy' : verdict.message,
  fix: verdict.fix || null,
  checked_at: verdict.at,
  asked: verdict.address === undefined ? [] : [verdict.address],
  ...(verdict.detail === undefined ? {} : { detail: verdict.detail }),
})

const server = ({ name, address }: AskedServer): string => (name === undefined ? address : `${name} (${address})`)
