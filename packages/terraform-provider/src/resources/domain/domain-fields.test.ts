import { domain } from '@dmarc-as-code/client/contract'
import { expect, it } from 'vitest'
import { domainSchema } from './domain-schema.ts'

/** Where a field of the API has another name in Terraform. */
const attributeOf: Readonly<Record<string, string>> = {
  parked_domain: 'parked',
  mta_sts_policy: 'hosted_mta_sts',
  current_dmarc_config: 'hosted_dmarc',
  cname_records: 'cnames',
}

/** Fields that are no attribute, each with the reason. */
const left: Readonly<Record<string, string>> = {
  user_id: 'the token has one user, whom the data source of the account shows',
  parked_domain_status: 'follows from parked_domain_credits',
  created_at: 'a time that no configuration depends on',
  updated_at: 'would differ in every plan',
  version: 'would differ in every plan',
  evidence_gate: 'guards changes by others, and is heeded in the plan; `gate` guards the configuration',
  managed_by: 'set by the provider itself, which is the code that keeps the domain',
}

it('has an attribute for every field of a domain, or a reason why not', () => {
  const fields = Object.keys(domain.shape)
  const attributes = new Set(Object.keys(domainSchema))
  expect(fields.filter((field) => !(field in left) && !attributes.has(attributeOf[field] ?? field))).toEqual([])
  expect(Object.keys(left).filter((field) => !fields.includes(field))).toEqual([])
})
