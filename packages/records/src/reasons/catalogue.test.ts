import { describe, expect, expectTypeOf, it } from 'vitest'
import { type CnameReason, type Reason, reasonSubjects, reasonsOf, reasonText } from './catalogue.ts'
import type { ReasonContext } from './entry.ts'
import { type StatusSubject, statusCatalogue, statusesOf, statusText } from './statuses.ts'

const context: Required<ReasonContext> = {
  name: '_dmarc.example.com',
  target: 'k.dmarc.example.net',
  found: 'CNAME old.example.org',
  zone: 'example.com',
  host: '_dmarc',
  nameServers: 'ns1.example.net and ns2.example.net',
  holders: 'ns1.example.org',
  service: 'Cloudflare',
  before: 'reject',
  after: 'none',
  domain: 'example.com',
}

const all = [
  ...reasonSubjects.flatMap((subject) =>
    reasonsOf(subject).map((code) => [
      `${subject} ${code}`,
      (given?: ReasonContext) => reasonText(subject, code, given),
    ]),
  ),
  ...(Object.keys(statusCatalogue) as StatusSubject[]).flatMap((subject) =>
    statusesOf(subject).map((code) => [
      `${subject} ${code}`,
      (given?: ReasonContext) => statusText(subject, code, given),
    ]),
  ),
] as [string, (given?: ReasonContext) => ReturnType<typeof reasonText>][]

describe('every reason and status', () => {
  it.each(all)('%s has words that read well with and without a context', (_, text) => {
    for (const given of [
      undefined,
      {},
      context,
      { ...context, found: undefined, host: undefined },
      { name: 'a.test' },
    ]) {
      const { title, explanation, fix, actor } = text(given) ?? expect.unreachable('no words')
      expect(title).toMatch(/^[A-Z][^.]*[^.\s]$/)
      expect(explanation).toMatch(/^\S.*[.]$/)
      expect(fix).toMatch(/^$|^[A-Z].*[."]$/)
      expect(`${title} ${explanation} ${fix}`).not.toMatch(/undefined|null|\s\s|\.\.|,,|\(\)|: \.|\$\{/)
      if (actor === 'owner') expect(fix).not.toBe('')
    }
  })

  it.each(all)('%s begins its sentences with a capital letter, a name or a number', (_, text) => {
    const { explanation } = text() ?? expect.unreachable('no words')
    expect(explanation).toMatch(/^[A-Z]/)
  })
})

describe('reasonText', () => {
  it('puts what is known into the words', () => {
    expect(reasonText('cname', 'wrong-target', context)).toEqual({
      title: 'Wrong target',
      explanation: 'Found CNAME old.example.org at _dmarc.example.com, expected a CNAME to k.dmarc.example.net.',
      fix: 'Replace the record at _dmarc.example.com with a CNAME that points to k.dmarc.example.net.',
      actor: 'owner',
    })
  })

  it('answers nothing for a code of another server, whatever it is called', () => {
    for (const code of ['on-fire', 'toString', '__proto__', ''])
      expect(reasonText('cname', code as string)).toBeUndefined()
    expect(statusText('cname', 'constructor')).toBeUndefined()
  })

  it('knows each code at compile time', () => {
    expectTypeOf<'change-pending'>().toExtend<Reason<'txt'>>()
    expectTypeOf<'caa-blocks'>().not.toExtend<CnameReason>()
    // @ts-expect-error no such reason
    const wrong: CnameReason = 'on-fire'
    expect(wrong).toBe('on-fire')
  })
})
