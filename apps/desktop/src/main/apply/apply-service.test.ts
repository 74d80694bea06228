import { memoryAdapter } from '@dmarc-as-code/dns/adapters'
import { memoryJournalStore, type RecordSet } from '@dmarc-as-code/dns/apply'
import { FakeClock, settle } from '@dmarc-as-code/primitives/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { ignoredActivity } from '../../../test/fake-activity.ts'
import { domain, record } from '../../../test/fixtures.ts'
import { InMemorySecretStore } from '../../../test/memory-secrets.ts'
import type { DmarcChoice, PlanDecisions } from '../../shared/apply.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { ProblemError } from '../../shared/problems.ts'
import { CredentialStore, type DnsAccess } from '../dns/credential-store.ts'
import type { ApplyRunOptions } from './apply-run.ts'
import { ApplyService } from './apply-service.ts'

const oldTxt: RecordSet = { name: '_dmarc.a.example', type: 'TXT', ttl: 3600, values: ['"v=DMARC1; p=none"'] }
const untouched: RecordSet = { name: 'a.example', type: 'MX', ttl: 3600, values: ['10 mail.a.example.'] }

let clock: FakeClock
let zone: ReturnType<typeof memoryAdapter>
let access: DnsAccess
let secrets: InMemorySecretStore
let ready: boolean
let service: DomainSummary

beforeEach(() => {
  clock = new FakeClock()
  access = {}
  secrets = new InMemorySecretStore()
  ready = false
  service = domain('a.example', 'attention')
})

function applyService(
  sets: RecordSet[] = [untouched],
  look: Partial<{ suggested: string; error: Error }> = { suggested: 'memory' },
  more: Partial<ApplyRunOptions> = {},
) {
  zone = memoryAdapter({ zones: { 'a.example': structuredClone(sets) } })
  return new ApplyService({
    lookUpZone: async () => {
      if (look.error) throw look.error
      const suggested = look.suggested
      return { zone: 'a.example', serviceTitle: 'Memory', ...(suggested ? { suggested } : {}) }
    },
    openAdapter: async ({ values }) => {
      if (values.token !== 'right') throw new ProblemError('dns-credentials-refused', 'Wrong token.')
      return zone
    },
    access: new CredentialStore({
      secrets,
      load: () => access,
      save: (next) => {
        access = next
      },
      onSecret: () => {},
    }),
    journals: memoryJournalStore(),
    read: async () => service,
    verify: async () => {
      const there = zone.dump('a.example').some((set) => set.type === 'CNAME')
      service = there && ready ? domain('a.example') : domain('a.example', 'attention')
      return service
    },
    publish: async () => service,
    view: blind,
    activity: ignoredActivity(),
    clock,
    newId: (() => {
      let count = 0
      return () => `id${++count}`
    })(),
    onChange: () => {},
    onFailure: () => {},
    ...more,
  })
}

/** Nothing is looked up, so that what is in the way of DMARC has an effect that is unknown. */
const blind: ApplyRunOptions['view'] = () => {
  const unknown = async () => ({ unknown: 'not looked up' })
  return { texts: unknown, freshTexts: unknown, addresses: unknown, policyFile: unknown, reaches: () => false }
}

/** What is live at `_dmarc.a.example` is p=none, and no policy applies above it. */
const seesOldTxt: ApplyRunOptions['view'] = () => {
  const texts = async (name: string) => ({ value: name === oldTxt.name ? ['v=DMARC1; p=none'] : [] })
  return { ...blind(service, new AbortController().signal), texts, freshTexts: texts, reaches: () => true }
}

const decided = (policy?: DmarcChoice, choices: PlanDecisions['choices'] = {}): PlanDecisions => ({
  choices,
  policies: policy ? { [service.key]: policy } : {},
  reason: '',
})
const credentials = { method: 'memory', values: { token: 'right' } }
const types = () => zone.dump('a.example').map((set) => `${set.name} ${set.type}`)

describe('one click', () => {
  it('asks for credentials, shows the plan, writes, verifies until ready, and undoes', async () => {
    const apply = applyService()
    await apply.start([service])
    expect(apply.job?.phase).toBe('credentials')
    await apply.giveCredentials('a.example', credentials)
    expect(apply.job).toMatchObject({ phase: 'confirm', domains: [{ items: [{ action: 'create', host: '_dmarc' }] }] })
    const done = apply.confirm(decided())
    await settle()
    expect(apply.job).toMatchObject({
      phase: 'verifying',
      undoable: true,
      domains: [{ items: [{ outcome: 'written' }] }],
    })
    expect(types()).toEqual(['a.example MX', '_dmarc.a.example CNAME'])
    await clock.advance(2_000)
    ready = true
    await clock.advance(15_000)
    await done
    expect(apply.job).toMatchObject({ phase: 'done', domains: [{ items: [{ outcome: 'verified' }] }] })
    await apply.undo('')
    expect(apply.job).toMatchObject({ phase: 'undone', undoable: false, domains: [{ items: [{ outcome: 'undone' }] }] })
    expect(types()).toEqual(['a.example MX'])
    expect(clock.timers).toBe(0)
  })

  it('asks for credentials once', async () => {
    const apply = applyService()
    await apply.start([service])
    await apply.giveCredentials('a.example', credentials)
    await apply.close()
    await apply.start([service])
    expect(apply.job?.phase).toBe('confirm')
  })

  it.each(['locked', 'unavailable'] as const)(
    'a plan that lacks its credentials, the store being %s, is made once it answers',
    async (failure) => {
      const apply = applyService()
      await apply.start([service])
      await apply.giveCredentials('a.example', credentials)
      await apply.close()
      secrets.failure = failure
      await apply.start([service])
      expect(apply.job).toMatchObject({ phase: 'confirm', domains: [{ problem: { code: `secret-${failure}` } }] })
      secrets.failure = undefined
      await apply.storeAnswered()
      expect(apply.job?.domains[0]?.problem).toBeUndefined()
      expect(apply.job).toMatchObject({ phase: 'confirm', domains: [{ items: [{ action: 'create' }] }] })
    },
  )

  it('fails on credentials that do not open the zone, and keeps none', async () => {
    const apply = applyService()
    await apply.start([service])
    await expect(
      apply.giveCredentials('a.example', { method: 'memory', values: { token: 'wrong' } }),
    ).rejects.toMatchObject({
      problem: { code: 'dns-credentials-refused' },
    })
    expect(secrets.entries.size).toBe(0)
    expect(apply.job?.phase).toBe('credentials')
  })

  it('leaves a conflict alone unless told to replace it, and puts back what it replaced', async () => {
    const apply = applyService([untouched, oldTxt])
    await apply.start([service])
    await apply.giveCredentials('a.example', credentials)
    const item = apply.job?.domains[0]?.items[0]
    expect(item).toMatchObject({ action: 'conflict' })
    expect(item?.existing.join()).toContain('v=DMARC1; p=none')

    ready = true
    const kept = apply.confirm(decided())
    await clock.advance(1_000)
    await apply.close()
    await kept
    expect(types()).toEqual(['a.example MX', '_dmarc.a.example TXT'])

    await apply.start([service])
    const replaced = apply.confirm(decided('hosted'))
    await settle()
    await clock.advance(1_000)
    await replaced
    expect(types()).toEqual(['a.example MX', '_dmarc.a.example CNAME'])
    await apply.undo('')
    expect(zone.dump('a.example')).toContainEqual(oldTxt)
  })

  it('fails, touching nothing, when the zone changed behind the plan', async () => {
    const apply = applyService()
    await apply.start([service])
    await apply.giveCredentials('a.example', credentials)
    const [found] = [await zone.findZone('a.example')]
    if (!found) throw new Error('the zone is gone')
    await zone.write(found, [{ name: '_dmarc.a.example', before: [], after: [oldTxt] }])
    await apply.confirm(decided())
    expect(apply.job).toMatchObject({ phase: 'confirm', problem: { code: 'dns-changed-meanwhile' } })
    expect(types()).toEqual(['a.example MX', '_dmarc.a.example TXT'])
  })

  it.each([
    ['became weaker', 'v=DMARC1; p=none; sp=none; adkim=r', 'v=DMARC1; p=quarantine', 'dns-changed-meanwhile'],
    ['is the same', 'v=DMARC1; p=quarantine', 'v=DMARC1; p=quarantine', undefined],
  ])('asks what the service hosts before it writes, where that %s', async (_title, now, shown, problem) => {
    const hosted = (dmarcRecord: string) => domain('a.example', 'attention', { dmarcRecord })
    service = hosted(shown)
    const apply = applyService([untouched, oldTxt], undefined, { view: seesOldTxt, read: async () => hosted(now) })
    await apply.start([service])
    await apply.giveCredentials('a.example', credentials)
    expect(apply.job?.domains[0]?.dmarc?.hosted?.grade).toBe('stronger')
    ready = true
    const confirmed = apply.confirm(decided('hosted'))
    await settle()
    await clock.advance(1_000)
    await confirmed
    expect(apply.job?.problem?.code).toBe(problem)
    expect(types()).toContain(problem ? '_dmarc.a.example TXT' : '_dmarc.a.example CNAME')
  })

  it('writes nothing where the service cannot say what it hosts, or names another target', async () => {
    const unreachable = () => Promise.reject(new ProblemError('server-unreachable', 'dmarc.example.com'))
    const elsewhere = async () =>
      domain('a.example', 'attention', {
        records: [record('a.example', 'attention', { expected: 'new.hosted.example' })],
      })
    for (const [read, code] of [
      [unreachable, 'server-unreachable'],
      [elsewhere, 'dns-changed-meanwhile'],
    ] as const) {
      const apply = applyService([untouched], undefined, { read })
      await apply.start([service])
      await apply.giveCredentials('a.example', credentials)
      await apply.confirm(decided())
      expect(apply.job).toMatchObject({ phase: 'confirm', problem: { code } })
      expect(types()).toEqual(['a.example MX'])
    }
  })

  it('shows the lines when the person wants to paste, and looks again when asked', async () => {
    const apply = applyService([untouched], {})
    await apply.start([service])
    await apply.addManually('a.example')
    expect(apply.job).toMatchObject({
      phase: 'confirm',
      domains: [{ zone: { manual: true }, items: [{ host: '_dmarc', target: 'key.dmarc.hosted.example' }] }],
    })
    const found = await zone.findZone('a.example')
    const pasted = { name: '_dmarc.a.example', type: 'CNAME', ttl: 300, values: ['key.dmarc.hosted.example.'] }
    if (found) await zone.write(found, [{ name: pasted.name, before: [], after: [pasted] }])
    ready = true
    await apply.recheck()
    expect(apply.job?.domains[0]?.items[0]?.action).toBe('right')
  })

  it('looks again when asked, also when the service was asked a moment ago', async () => {
    let asked = 0
    const apply = applyService(
      [untouched],
      {},
      {
        verify: async () => {
          asked++
          if (asked === 1) throw new ProblemError('too-soon', '', { retryAfter: 4000 })
          return domain('a.example')
        },
      },
    )
    await apply.start([service])
    await apply.addManually('a.example')
    const looked = apply.recheck()
    await settle()
    expect([asked, apply.job?.domains[0]?.items[0]?.action]).toEqual([1, 'create'])
    await clock.advance(4000)
    await looked
    expect(apply.job?.domains[0]?.items[0]?.action).toBe('right')
    expect(clock.timers).toBe(0)
  })

  it('a zone without an answering server still gives the lines', async () => {
    const apply = applyService([], { error: Object.assign(new Error('No answer.'), { name: 'ZoneLookupError' }) })
    await apply.start([service])
    expect(apply.job?.domains[0]).toMatchObject({
      problem: { code: 'dns-unreachable' },
      items: [{ name: '_dmarc.a.example' }],
    })
  })

  it('fails when there is nothing hosted', async () => {
    await expect(
      applyService().start([domain('b.example', 'unhosted', { records: [record('b.example', 'unhosted')] })]),
    ).rejects.toThrow('no records to apply')
  })
})

describe('people who do something else meanwhile', () => {
  it('leaving while it looks ends the job without a word', async () => {
    const failures: unknown[] = []
    const apply = applyService(
      [],
      {},
      {
        lookUpZone: (_domain, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason))
          }),
        onFailure: (error) => failures.push(error),
      },
    )
    const started = apply.start([service])
    await apply.close()
    await started
    expect(apply.job).toBeUndefined()
    expect(failures).toEqual([])
  })

  it('a job that is writing is not replaced by another; nor is what it wrote lost to Undo', async () => {
    const apply = applyService()
    await apply.start([service])
    await apply.giveCredentials('a.example', credentials)
    const done = apply.confirm(decided())
    expect(apply.job?.phase).toBe('applying')
    await expect(apply.start([service])).rejects.toThrow('being written')
    await expect(apply.end()).rejects.toThrow('being written')
    await settle()
    await apply.undo('')
    await done
    expect(types()).toEqual(['a.example MX'])
  })

  it('closing while it writes leaves the zone as it was, or whole', async () => {
    const apply = applyService()
    await apply.start([service])
    await apply.giveCredentials('a.example', credentials)
    const done = apply.confirm(decided())
    await apply.close()
    await done
    expect(apply.job).toBeUndefined()
    expect([['a.example MX'], ['a.example MX', '_dmarc.a.example CNAME']]).toContainEqual(types())
    expect(clock.timers).toBe(0)
  })
})

it('there is nothing to wait for when everything was left as it is', async () => {
  const apply = applyService([untouched, oldTxt])
  await apply.start([service])
  await apply.giveCredentials('a.example', credentials)
  await apply.confirm(decided())
  expect(apply.job).toMatchObject({ phase: 'done', undoable: false, domains: [{ items: [{ outcome: 'kept' }] }] })
})

it('a name that was delegated away is not offered for replacing, and not written', async () => {
  const away: RecordSet = { name: '_dmarc.a.example', type: 'NS', ttl: 3600, values: ['ns.other.example.'] }
  const apply = applyService([untouched, away])
  await apply.start([service])
  await apply.giveCredentials('a.example', credentials)
  const item = apply.job?.domains[0]?.items[0]
  expect(item).toMatchObject({ action: 'blocked', message: expect.stringContaining('delegated to ns.other.example') })
  await apply.confirm(decided(undefined, { [String(item?.id)]: 'replace' }))
  expect(types()).toEqual(['a.example MX', '_dmarc.a.example NS'])
})

it('a zone that the parent delegates to other servers than those of its service is not written', async () => {
  const look = { zone: 'a.example', serviceTitle: 'Memory', suggested: 'memory', delegation: ['ns.new.example'] }
  const openAdapter = async () => ({ ...zone, nameServers: async () => ['ns.old.example'] })
  const apply = applyService([untouched], {}, { lookUpZone: async () => look, openAdapter })
  await apply.start([service])
  await apply.giveCredentials('a.example', credentials)
  const [item] = apply.job?.domains[0]?.items ?? []
  expect(item).toMatchObject({
    action: 'blocked',
    message: expect.stringContaining('delegates a.example to ns.new.example'),
  })
  expect(JSON.stringify(apply.job)).not.toContain('"delegation"')
})

it('many domains are looked at a few at a time, and domains of one account share its adapter', async () => {
  let looking = 0
  let most = 0
  let opened = 0
  const apply = applyService(
    [untouched],
    {},
    {
      lookUpZone: async () => {
        most = Math.max(most, ++looking)
        await settle()
        looking--
        return { zone: 'a.example', serviceTitle: 'Memory', suggested: 'memory' }
      },
      openAdapter: async () => {
        opened++
        return zone
      },
    },
  )
  const names = Array.from({ length: 40 }, (_each, index) => `d${index}.a.example`)
  await apply.start(names.map((name) => domain(name, 'attention')))
  await apply.giveCredentials('a.example', credentials)
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(6)
  expect(apply.job?.domains.flatMap(({ items }) => items)).toHaveLength(40)
  expect(opened).toBe(1)
})
