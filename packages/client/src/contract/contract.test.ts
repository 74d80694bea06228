import { reasonsOf, statusesOf } from '@dmarc-as-code/records/reasons'
import { describe, expect, expectTypeOf, it } from 'vitest'
import * as z from 'zod'
import {
  cnameCheck,
  createDomainBody,
  domainList,
  errorBody,
  generateDmarcRecordBody,
  mtaStsPolicyInput,
  operation,
  operations,
  pageQuery,
  policyFileCheck,
  routes,
  txtCheck,
  updateDomainBody,
  verifyMtaStsBody,
  type WireDomainList,
} from './index.ts'

const create = (fields: object) =>
  createDomainBody.safeParse({ domain: { address: 'example.com', rua_report: true, ruf_report: false, ...fields } })

describe('the contract', () => {
  it('has schemas for every route, with exactly the parameters of its path', () => {
    expect(Object.keys(operations).sort()).toEqual(Object.keys(routes).sort())
    for (const name of Object.keys(routes) as (keyof typeof routes)[]) {
      const { path, params } = operation(name)
      const inPath = [...path.matchAll(/:(\w+)/g)].map((match) => match[1])
      expect(Object.keys(params.shape), name).toEqual(inPath)
    }
  })

  it('can be published as JSON Schema, so OpenAPI can be made of it', () => {
    for (const [name, entry] of Object.entries(operations)) {
      expect(() => z.toJSONSchema(entry.response), name).not.toThrow()
      if ('body' in entry) expect(() => z.toJSONSchema(entry.body, { io: 'input' }), name).not.toThrow()
    }
  })

  it('counts the entries of a page under the name of the list', () => {
    expectTypeOf<NonNullable<WireDomainList['meta']>['total_domains']>().toEqualTypeOf<number>()
    const meta = { current_page: 1, per_page: 25, total_pages: 2, total_domains: 30 }
    expect(domainList.parse({ domains: [], meta }).meta).toEqual(meta)
    expect(domainList.safeParse({ domains: [], meta: { ...meta, total_domains: undefined } }).success).toBe(false)
  })
})

describe('requests', () => {
  it('take a boolean or the word for it, and refuse null', () => {
    expect(create({ mta_sts_report: 'true' }).data?.domain.mta_sts_report).toBe(true)
    expect(create({ mta_sts_report: null }).success).toBe(false)
    expect(create({ mta_sts_report: 'yes' }).success).toBe(false)
  })

  it('need one of the two report flags on create', () => {
    const both = create({ rua_report: 'false', ruf_report: false })
    expect(both.error?.issues[0]).toMatchObject({ path: ['domain', 'rua_report'] })
    expect(updateDomainBody.safeParse({ domain: { rua_report: false, ruf_report: false } }).success).toBe(true)
  })

  it('refuse fields that do not exist, and those that never change', () => {
    expect(create({ hosted_dmarc: true }).success).toBe(false)
    expect(updateDomainBody.safeParse({ domain: { address: 'example.org' } }).success).toBe(false)
    expect(updateDomainBody.safeParse({ domain: { parked_domain: true } }).success).toBe(false)
  })

  it('make one text of the mail hosts, whether they came as text or as list', () => {
    const policy = { mode: 'enforce', mx_age: 7 }
    expect(mtaStsPolicyInput.parse({ ...policy, mx: 'a.example,b.example ,' }).mx).toBe('a.example, b.example')
    expect(mtaStsPolicyInput.parse({ ...policy, mx: ['a.example', '*.b.example'] }).mx).toBe('a.example, *.b.example')
    expect(mtaStsPolicyInput.safeParse({ ...policy, mx: ['a.example,b.example'] }).success).toBe(false)
  })

  it('need a mail host unless the policy is none, and 1 to 365 days', () => {
    expect(mtaStsPolicyInput.safeParse({ mode: 'testing', mx: ' , ', mx_age: 7 }).success).toBe(false)
    expect(mtaStsPolicyInput.safeParse({ mode: 'none', mx: '', mx_age: 1 }).success).toBe(true)
    for (const mx_age of [0, 366, 1.5]) {
      expect(mtaStsPolicyInput.safeParse({ mode: 'none', mx: '', mx_age }).success, String(mx_age)).toBe(false)
    }
  })

  it('take every option of a generated record and no other', () => {
    const all = {
      p: 'reject',
      sp: 'none',
      np: 'quarantine',
      pct: 0,
      adkim: 's',
      aspf: 'r',
      fo: '1:d:s',
      t: 'y',
      psd: 'u',
      additional_rua_emails: ['a@example.com'],
      additional_ruf_emails: [],
      publish: 'false',
    }
    expect(generateDmarcRecordBody.parse(all)).toEqual({ ...all, publish: false })
    for (const wrong of [{ p: 'Reject' }, { pct: 101 }, { fo: '1:' }, { additional_rua_emails: [''] }]) {
      expect(generateDmarcRecordBody.safeParse({ ...all, ...wrong }).success, JSON.stringify(wrong)).toBe(false)
    }
    expect(generateDmarcRecordBody.safeParse({ ...all, ri: 3600 }).success).toBe(false)
  })

  it('read paging from the text of a query', () => {
    expect(pageQuery.parse({ page: '2', per: '1000' })).toEqual({ page: 2, per: 1000 })
    expect(pageQuery.safeParse({ per: '1001' }).success).toBe(false)
    expect(pageQuery.safeParse({ page: '0' }).success).toBe(false)
  })

  it('may leave out the body of a verify call', () => {
    for (const body of [undefined, null, {}, { record: 'tls_rpt' }]) {
      expect(verifyMtaStsBody.safeParse(body).success, JSON.stringify(body)).toBe(true)
    }
    expect(verifyMtaStsBody.safeParse({ record: 'dmarc' }).success).toBe(false)
  })
})

it('a duplicate names what is already there', () => {
  const body = {
    error: {
      code: 'conflict',
      message: 'example.com is already in this account',
      details: [{ field: 'domain.address', code: 'address_taken', message: 'taken by domain 41', existing_id: 41 }],
    },
  }
  expect(errorBody.parse(body)).toEqual(body)
})

describe('the reasons and statuses of a verification', () => {
  it.each([
    ['cname', cnameCheck],
    ['txt', txtCheck],
    ['policy_file', policyFileCheck],
  ] as const)('of the part %s are those of the catalogue', (part, check) => {
    expect(check.shape.reason.unwrap().options).toEqual(reasonsOf(part))
    expect(check.shape.status.options).toEqual(statusesOf(part))
  })
})
