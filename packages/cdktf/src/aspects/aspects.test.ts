import { beforeEach, describe, expect, it } from 'vitest'
import { type TestStack, testStack } from '../../test/stack.ts'
import { MonitoredDomain } from '../domain/monitored-domain.ts'
import { Aspects, TerraformStack } from '../framework.ts'
import { Tag } from '../tag.ts'
import { DomainRule } from './domain-rule.ts'
import { RefuseWeakPolicy } from './refuse-weak-policy.ts'
import { RequireHostedDmarc } from './require-hosted-dmarc.ts'
import { RequireMtaSts } from './require-mta-sts.ts'
import { RequireTags } from './require-tags.ts'

let test: TestStack
beforeEach(() => {
  test = testStack()
})

/** What a rule says of the stack's domains, by the synthesis of the whole app. */
function verdicts(rule: DomainRule): string[] {
  Aspects.of(test.stack).add(rule)
  try {
    test.app.synth()
    return []
  } catch (error) {
    const lines = (error as Error).message.split('\n').map((line) => line.trim())
    return lines.filter((line) => line.startsWith('[stack/'))
  }
}
const declare = (id: string, props: object = {}) =>
  new MonitoredDomain(test.stack, id, { address: `${id}.test`, ...props })

describe('rules for every domain', () => {
  it('refuse a weak policy, of the tagged domains only where tags are named', () => {
    const production = new Tag(test.stack, 'production')
    declare('a', { tags: [production], hostedDmarc: {} })
    declare('b', { tags: ['production'], hostedDmarc: { policy: 'quarantine', testMode: true } })
    declare('c', { tags: ['production'], hostedDmarc: { policy: 'quarantine' } })
    declare('d', { tags: ['test'], hostedDmarc: { policy: 'none' } })
    declare('e', { tags: ['production'] })
    expect(verdicts(new RefuseWeakPolicy({ tags: ['production'] }))).toEqual([
      '[stack/a] hostedDmarc.policy: found none, expected quarantine or stronger for domains tagged production. Raise it, or except a.test.',
      '[stack/b] hostedDmarc.policy: found quarantine in test mode, which acts as none, expected quarantine or stronger for domains tagged production. Raise it, or except b.test.',
    ])
  })

  it('refuse a policy below the one that is asked for, but for exceptions', () => {
    declare('a', { hostedDmarc: { policy: 'quarantine' } })
    declare('b', { hostedDmarc: { record: 'v=DMARC1; p=none' } })
    declare('c', { parked: true, hostedDmarc: {} })
    expect(verdicts(new RefuseWeakPolicy({ atLeast: 'reject', except: ['b.test'] }))).toEqual([
      expect.stringContaining('[stack/a] hostedDmarc.policy: found quarantine, expected reject or stronger.'),
    ])
  })

  it('refuse a weak policy for subdomains, and test mode in a whole record', () => {
    declare('a', { hostedDmarc: { policy: 'reject', subdomainPolicy: 'none' } })
    declare('b', { hostedDmarc: { policy: 'reject', nonexistentSubdomainPolicy: 'none' } })
    declare('c', { hostedDmarc: { record: 'v=DMARC1; p=quarantine; np=reject; t=y' } })
    declare('d', {
      hostedDmarc: { policy: 'reject', subdomainPolicy: 'quarantine', nonexistentSubdomainPolicy: 'reject' },
    })
    expect(verdicts(new RefuseWeakPolicy())).toEqual([
      '[stack/a] hostedDmarc.subdomainPolicy: found none, expected quarantine or stronger. Raise it, or except a.test.',
      '[stack/b] hostedDmarc.nonexistentSubdomainPolicy: found none, expected quarantine or stronger. Raise it, or except b.test.',
      '[stack/c] hostedDmarc.record: found p=quarantine in test mode, which acts as none, expected quarantine or stronger. Raise it, or except c.test.',
    ])
  })

  it('know an exception in any spelling', () => {
    declare('a', { address: 'xn--bcher-kva.example' })
    declare('b', { address: 'b.example' })
    expect(verdicts(new RequireMtaSts({ except: ['Bücher.example', 'B.example.'] }))).toEqual([])
  })

  it('require MTA-STS of domains that receive mail', () => {
    const mx = ['mx.test']
    declare('a')
    declare('b', { parked: true })
    declare('c', { hostedMtaSts: { mode: 'testing', mx } })
    declare('d', { hostedMtaSts: { mode: 'none' } })
    declare('e', { hostedMtaSts: { fromCurrent: true } })
    expect(verdicts(new RequireMtaSts())).toEqual([
      '[stack/a] hostedMtaSts: found no policy, expected mode testing or enforce. Set hostedMtaSts, or except a.test.',
      '[stack/d] hostedMtaSts: found none, expected mode testing or enforce. Set hostedMtaSts, or except d.test.',
    ])
  })

  it('require enforcement where testing is not enough', () => {
    declare('a', { hostedMtaSts: { mode: 'testing', mx: ['mx.test'] } })
    declare('b', { hostedMtaSts: { mode: 'enforce', mx: ['mx.test'] } })
    declare('c', { hostedMtaSts: { fromCurrent: true } })
    declare('d', { hostedMtaSts: { fromCurrent: true, mode: 'enforce' } })
    expect(verdicts(new RequireMtaSts({ enforce: true }))).toEqual([
      expect.stringContaining('[stack/a]'),
      '[stack/c] hostedMtaSts: found whatever is live, expected mode enforce. Set hostedMtaSts.mode, or except c.test.',
    ])
  })

  it('require hosted DMARC, and tags', () => {
    declare('a', { hostedDmarc: {}, tags: ['owner-a'] })
    declare('b', { tags: ['other'] })
    expect(verdicts(new RequireHostedDmarc())).toEqual([
      expect.stringContaining('[stack/b] hostedDmarc: found nothing'),
    ])
    expect(verdicts(new RequireTags({ anyOf: ['owner-a', 'owner-b'] }))).toContain(
      '[stack/b] tags: found other, expected one of owner-a, owner-b. Add the tag that fits b.test.',
    )
  })

  it('can be written by users', () => {
    class OnlyTest extends DomainRule {
      override check(domain: MonitoredDomain) {
        return domain.address.endsWith('.test') ? undefined : ['found another suffix', 'expected .test']
      }
    }
    declare('a')
    declare('b', { address: 'b.example' })
    expect(verdicts(new OnlyTest())).toEqual(['[stack/b] found another suffix', '[stack/b] expected .test'])
  })

  it('hold for the scope they are added to', () => {
    const other = new TerraformStack(test.app, 'other')
    Aspects.of(other).add(new RequireMtaSts())
    declare('a')
    expect(() => test.app.synth()).not.toThrow()
  })

  it('refuse a policy that holds for a part of the mail only', () => {
    declare('a', { hostedDmarc: { record: 'v=DMARC1; p=quarantine; pct=50' } })
    declare('b', { hostedDmarc: { record: 'v=DMARC1; p=reject; pct=50' } })
    expect(verdicts(new RefuseWeakPolicy())).toEqual([
      expect.stringContaining(
        '[stack/a] hostedDmarc.record: found p=quarantine for 50 % of the mail, expected quarantine',
      ),
    ])
  })

  it('fail the synthesis of a test, each fault once', () => {
    declare('a', { hostedDmarc: { policy: 'none' } })
    Aspects.of(test.stack).add(new RefuseWeakPolicy())
    const message =
      '[stack/a] hostedDmarc.policy: found none, expected quarantine or stronger. Raise it, or except a.test.'
    expect(test.faults()).toEqual([message])
    expect(test.faults()).toEqual([message])
  })
})
