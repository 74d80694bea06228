import type { WireEvidence } from '@dmarc-as-code/client/contract'
import { TerraformError } from '@dmarc-as-code/terraform-plugin/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

type Target = WireEvidence['target']

const blocked: WireEvidence['blockers'][number] = {
  code: 'time-too-short',
  found: '12 days at none',
  expected: 'at least 30 days at none',
  fix: 'Wait until the days are complete.',
  about: [],
}
const unanswered: WireEvidence['blockers'][number] = {
  code: 'candidates-unanswered',
  found: '7 sources without an answer',
  expected: 'an answer for each',
  fix: 'Answer each with "mine" or "not mine".',
  about: ['a.test', 'b.test', 'c.test', 'd.test', 'e.test', 'f.test', 'g.test'],
}

const evidence = (target: Target, blockers: WireEvidence['blockers'] = []): WireEvidence => ({
  domain: 'shop.test',
  target,
  computed_at: '2026-03-02T00:00:00Z',
  parked: false,
  ready: blockers.length === 0,
  blockers,
  next_record: blockers.length === 0 && target !== 'mta_sts_enforce' ? `v=DMARC1; p=${target}` : null,
  current_policy: 'none',
  reports: { trusted: 61, untrusted: 2 },
  dmarc:
    target === 'mta_sts_enforce'
      ? null
      : {
          numbers: {
            window_days: 30,
            days_covered: 29,
            reporters: 3,
            newest_days: 1,
            days_at_none: 12,
            days_at_quarantine: 0,
            own: { messages: 480, passed: 475, rate: 98.96, dkim_share: 97 },
            expected_loss: 4,
          },
          sources: [],
          foreign: { sources: 3, messages: 40 },
          candidates: [],
          more_candidates: 0,
          presume_rest_not_mine: false,
          subdomains: [],
        },
  mta_sts: target === 'mta_sts_enforce' ? { days: 20, reporters: 3, failed_sessions: 0 } : null,
})

const domain = (settings: string) => `
resource "dmarcreport_domain" "this" {
  address = "shop.test"
  ${settings}
}
`
const mtaSts = (mode: string, more = '') =>
  domain(`hosted_mta_sts = { mode = "${mode}", mx = ["mx1.shop.test", "mx2.shop.test"] ${more} }`)

const thrown = async (plan: Promise<unknown>) => {
  const error = await plan.then(
    () => new Error('The plan succeeded.'),
    (reason: Error) => reason,
  )
  if (!(error instanceof TerraformError)) throw error
  return error.diagnostics
}

describeTerraforms(({ program }) => {
  let bench: Bench
  /** What the server answers about evidence; otherwise it is one without extensions, that has such reports or no route for them. */
  let answers: { readonly [T in Target]?: WireEvidence } | 'no reports yet' | 'no routes'
  const asked = () => bench.requests.filter((request) => /\/(evidence|agg_reports\.json)$/.test(request))
  const looks = async (plan: () => Promise<unknown>) => {
    const before = asked().length
    await plan()
    return asked().length - before
  }

  beforeAll(async () => {
    bench = await startBench({ terraform: program })
    bench.sandbox.zone('shop.test').remove('_dmarc.shop.test')
    const { extensions } = await bench.api.capabilities()
    bench.answer = (request, url) => {
      const judges = typeof answers === 'object' ? answers : undefined
      if (request.endsWith('/capabilities')) {
        return { extensions: judges ? [...extensions, 'reports'] : [], version: '1' }
      }
      if (judges) return request.endsWith('/evidence') ? judges[url.searchParams.get('target') as Target] : undefined
      if (!request.endsWith('/agg_reports.json')) return undefined
      if (answers === 'no routes') return new Response('{}', { status: 404 })
      const meta = { current_page: 1, per_page: 100, total_pages: 1, total_reports: 0 }
      return { reports: [], meta }
    }
  })
  afterAll(() => bench.close())
  beforeEach(() => {
    answers = { quarantine: evidence('quarantine', [blocked, unanswered]), reject: evidence('reject') }
  })

  describe('a plan that tightens a policy', () => {
    it('warns of a domain that is new to the service, or is refused', async () => {
      const first = await bench.terraform.plan(domain('hosted_dmarc = { policy = "quarantine" }'))
      expect(first.diagnostics).toMatchObject([
        {
          severity: 'warning',
          summary: 'Tightens the DMARC policy of shop.test to quarantine without evidence',
          detail: expect.stringContaining('shop.test is new to the service'),
        },
      ])
      const enforced = domain('hosted_dmarc = { policy = "reject", gate = "enforce" }')
      expect(await thrown(bench.terraform.plan(enforced))).toMatchObject([
        { severity: 'error', summary: 'Tightens the DMARC policy of shop.test to reject without evidence' },
      ])
      expect(asked()).toEqual([])
    })

    it('asks for evidence once, and a plan that tightens nothing does not ask', async () => {
      const { terraform } = bench
      const none = domain('hosted_dmarc = { policy = "none" }')
      expect(await looks(() => terraform.apply(none))).toBe(0)
      expect(await looks(() => terraform.plan(none))).toBe(0)
      // In test mode the level below counts, and addresses are no policy.
      const testing = 'hosted_dmarc = { policy = "quarantine", test_mode = true, extra_rua = ["me@shop.test"] }'
      expect(await looks(() => terraform.plan(domain(testing)))).toBe(0)
      expect(await looks(() => terraform.plan(domain('hosted_dmarc = { policy = "quarantine" }')))).toBe(1)
      const off = domain('hosted_dmarc = { policy = "quarantine", gate = "off" }')
      expect(await looks(() => terraform.plan(off))).toBe(0)
    })

    it('warns at the policy with each blocker and what to do', async () => {
      const { diagnostics } = await bench.terraform.plan(domain('hosted_dmarc = { policy = "quarantine" }'))
      expect(diagnostics).toMatchObject([
        {
          severity: 'warning',
          summary: 'Tightens the DMARC policy of shop.test to quarantine without evidence',
          snippet: { code: expect.stringContaining('policy') },
        },
      ])
      expect(diagnostics[0]?.detail).toBe(
        [
          '- Found 12 days at none, expected at least 30 days at none. Wait until the days are complete.',
          '- Found 7 sources without an answer (a.test, b.test, c.test, d.test, e.test and 2 more), expected an answer for each. Answer each with "mine" or "not mine".',
          '',
          'To go on anyway, set `accept_risk` to the reason.',
          '',
          'In `hosted_dmarc.policy`.',
        ].join('\n'),
      )
    })

    it('is refused with the gate enforce, and passes with a reason', async () => {
      const settings = 'hosted_dmarc = { policy = "quarantine", gate = "enforce" }'
      const [error] = await thrown(bench.terraform.plan(domain(settings)))
      expect(error).toMatchObject({ severity: 'error', detail: expect.stringContaining('Found 12 days at none') })
      const accepted = `${settings}\n  accept_risk = "Nobody sends from here yet"`
      expect(await looks(() => bench.terraform.plan(domain(accepted)))).toBe(0)
      await expect(bench.terraform.validate(domain(`${settings}\n  accept_risk = " "`))).rejects.toThrow(/empty/)
    })

    it('is refused by the apply of a saved plan where the evidence is gone', async () => {
      answers = { quarantine: evidence('quarantine') }
      await bench.terraform.plan(domain('hosted_dmarc = { policy = "quarantine", gate = "enforce" }'))
      answers = { quarantine: evidence('quarantine', [blocked]) }
      const { code, stderr } = await bench.terraform.run('apply', '-no-color', 'test.tfplan')
      expect(stderr).toContain('to quarantine without evidence')
      expect(code).toBe(1)
    })

    it('says nothing where the evidence is there, not even that steps of a month are usual', async () => {
      const { diagnostics } = await bench.terraform.plan(domain('hosted_dmarc = { policy = "reject" }'))
      expect(diagnostics).toEqual([])
    })

    it('judges by the reports of the API where the server does not judge', async () => {
      answers = 'no reports yet'
      const { diagnostics } = await bench.terraform.plan(domain('hosted_dmarc = { policy = "quarantine" }'))
      expect(diagnostics).toMatchObject([
        {
          severity: 'warning',
          detail: expect.stringContaining('Found no report, expected trusted reports of 30 days.'),
        },
      ])
    })

    it('leaves it at the advice where the server keeps no reports, and is refused with the gate enforce', async () => {
      answers = 'no routes'
      const { diagnostics } = await bench.terraform.plan(domain('hosted_dmarc = { policy = "reject" }'))
      expect(diagnostics.map(({ summary }) => summary)).toEqual(['Risky DMARC policy change'])
      const enforced = domain('hosted_dmarc = { policy = "reject", gate = "enforce" }')
      expect(await thrown(bench.terraform.plan(enforced))).toMatchObject([
        { severity: 'error', detail: expect.stringContaining('keeps no reports') },
      ])
    })

    it('takes an answer that contradicts itself, or is none, for no evidence', async () => {
      answers = { reject: { ...evidence('reject'), blockers: [blocked] } }
      const enforced = domain('hosted_dmarc = { policy = "reject", gate = "enforce" }')
      expect((await thrown(bench.terraform.plan(enforced)))[0]?.detail).toContain('Found 12 days at none')
      answers = { reject: { ready: 'yes' } as never }
      expect((await thrown(bench.terraform.plan(enforced)))[0]?.detail).toContain('The evidence could not be read')
    })

    it('warns of a reason that is not needed any more', async () => {
      const { diagnostics } = await bench.terraform.plan(
        domain('hosted_dmarc = { policy = "none" }\n  accept_risk = "Nobody sends from here yet"'),
      )
      expect(diagnostics).toMatchObject([
        { severity: 'warning', summary: '`accept_risk` is not needed any more at shop.test' },
      ])
    })

    it('sends the reason to the service, which asks for evidence itself and would refuse the apply', async () => {
      const { terraform, api, sandbox } = bench
      answers = { quarantine: evidence('quarantine', [blocked]) }
      const [{ id = 0 } = {}] = await api.domains.list().all()
      await api.domains.update(sandbox.accountId, id, { evidence_gate: 'enforce' })
      const settings = 'hosted_dmarc = { policy = "quarantine", gate = "off" }'
      expect(await thrown(terraform.plan(domain(settings)))).toMatchObject([
        { severity: 'error', detail: expect.stringContaining('The service would refuse the apply') },
      ])
      const sent: string[] = []
      bench.watch = (request, body) => void (request.startsWith('PUT') && sent.push(body))
      await terraform.apply(domain(`${settings}\n  accept_risk = "Nobody sends from here yet"`))
      bench.watch = undefined
      expect(sent.join()).toContain('"accept_risk":"Nobody sends from here yet"')
      expect((await api.domains.get(sandbox.accountId, id)).current_dmarc_config).toContain('p=quarantine')
      await api.domains.update(sandbox.accountId, id, { evidence_gate: 'off' })
      // What is in force counts, not what was applied before: to restore a lowered policy is to tighten it.
      const gated = domain('hosted_dmarc = { policy = "quarantine", gate = "enforce" }')
      expect(await looks(() => terraform.plan(gated))).toBe(0)
      const lowered = (await api.domains.get(sandbox.accountId, id)).current_dmarc_config ?? ''
      await api.domains.update(sandbox.accountId, id, {
        hosted_dmarc_config: lowered.replace('p=quarantine', 'p=none'),
      })
      expect(await thrown(terraform.plan(gated))).toMatchObject([
        { severity: 'error', summary: 'Tightens the DMARC policy of shop.test to quarantine without evidence' },
      ])
      await terraform.apply(domain('hosted_dmarc = { policy = "none" }\n  allow_weaker = "Test"'))
    })

    it('asks for MTA-STS where the mode becomes enforce', async () => {
      const { terraform } = bench
      await terraform.apply(mtaSts('testing'))
      answers = { mta_sts_enforce: evidence('mta_sts_enforce', [blocked]) }
      const enforced = mtaSts('enforce', ', gate = "enforce"')
      expect(await thrown(terraform.plan(enforced))).toMatchObject([
        {
          severity: 'error',
          summary: 'Tightens the MTA-STS policy of shop.test to enforce without evidence',
          snippet: { code: expect.stringContaining('mode') },
        },
      ])
      answers = { mta_sts_enforce: evidence('mta_sts_enforce') }
      expect(await looks(() => terraform.apply(enforced))).toBe(2)
      expect(await looks(() => terraform.expectEmptyPlan())).toBe(0)
    })
  })

  describe('the data sources about reports', () => {
    it('show the evidence with its numbers, as in the answer of the server', async () => {
      const shown = await bench.terraform.apply(`
data "dmarcreport_dmarc_evidence" "this" {
  domain_id = "shop.test"
  target    = "quarantine"
}
output "evidence" {
  value = data.dmarcreport_dmarc_evidence.this
}
${mtaSts('enforce')}`)
      expect(shown.diagnostics).toEqual([])
      const { outputs } = await bench.terraform.state()
      expect(outputs.evidence).toMatchObject({
        ready: false,
        blockers: [blocked, unanswered],
        message: expect.stringMatching(/^- Found 12 days at none.*\n- Found 7 sources/),
        next_record: null,
        current_policy: 'none',
        trusted_reports: 61,
        untrusted_reports: 2,
        dmarc: { days_covered: 29, messages: 480, pass_rate: 98.96, dkim_share: 97, expected_loss: 4, candidates: [] },
        mta_sts: null,
      })
    })

    it('sum the days of a period, and refuse days that do not exist', async () => {
      const day = (name: string, messages: number) => ({
        day: name,
        reports: messages === 0 ? 0 : 2,
        reporters: 2,
        messages,
        passed: messages - messages / 10,
        failed: messages / 10,
        overridden: 1,
        dispositions: { none: messages, quarantine: 0, reject: 0 },
        classes: {
          own: { messages: messages / 2, passed: messages / 2 },
          forwarder: { messages: 0, passed: 0 },
          candidate: { messages: 0, passed: 0 },
          foreign: { messages: messages / 2, passed: 0 },
        },
        tls: { reports: 1, successful_sessions: 9, failed_sessions: 1 },
      })
      const periods: string[] = []
      const { answer } = bench
      bench.answer = (request, url) => {
        if (!request.endsWith('/reports/daily')) return answer?.(request, url)
        periods.push(url.search)
        const days = [day('2026-03-01', 100), day('2026-03-02', 0), day('2026-03-03', 60)]
        return { domain: 'shop.test', from: '2026-03-01', to: '2026-03-03', days }
      }
      const summary = (more: string) => `
data "dmarcreport_report_summary" "this" {
  domain_id = "shop.test"
  ${more}
}
output "summary" {
  value = data.dmarcreport_report_summary.this
}
${mtaSts('enforce')}`
      await expect(bench.terraform.validate(summary('from = "2026-02-31"'))).rejects.toThrow('expected a day such as')
      await bench.terraform.apply(summary('from = "2026-03-01"'))
      const { outputs } = await bench.terraform.state()
      expect(periods.at(-1)).toBe('?from=2026-03-01')
      expect(outputs.summary).toMatchObject({
        from: '2026-03-01',
        to: '2026-03-03',
        messages: 160,
        passed: 144,
        failed: 16,
        own_pass_rate: 100,
        classes: { own: { messages: 80, passed: 80 }, foreign: { messages: 80, passed: 0 } },
        tls: { reports: 3, successful_sessions: 27, failed_sessions: 3 },
        days: [
          { day: '2026-03-01', reports: 2, messages: 100, passed: 90, failed: 10 },
          { day: '2026-03-03', reports: 2, messages: 60, passed: 54, failed: 6 },
        ],
      })
    })
  })

  describe('with reports that the server has received', () => {
    it('refuses quarantine until a month of reports shows that no mail is lost', async () => {
      const { terraform, sandbox } = bench
      bench.answer = undefined
      await terraform.apply(domain('hosted_dmarc = { policy = "none" }'))
      const gated = (policy: string) => domain(`hosted_dmarc = { policy = "${policy}", gate = "enforce" }`)
      expect(await thrown(terraform.plan(gated('quarantine')))).toMatchObject([
        { severity: 'error', detail: expect.stringContaining('Found no report') },
      ])
      await sandbox.reports.play({ domain: 'shop.test' })
      expect((await terraform.plan(gated('quarantine'))).diagnostics).toEqual([])
      // Reject takes a month at quarantine.
      expect(await thrown(terraform.plan(gated('reject')))).toMatchObject([
        { severity: 'error', detail: expect.stringContaining('at quarantine') },
      ])
      await terraform.apply(`
data "dmarcreport_dmarc_evidence" "this" {
  domain_id = "shop.test"
  target    = "quarantine"
}
data "dmarcreport_report_summary" "this" {
  domain_id = "shop.test"
}
output "evidence" {
  value = data.dmarcreport_dmarc_evidence.this
}
output "summary" {
  value = data.dmarcreport_report_summary.this
}
${gated('quarantine')}`)
      const { outputs } = await terraform.state()
      expect(outputs).toMatchObject({
        evidence: {
          ready: true,
          blockers: [],
          message: 'Nothing is missing.',
          next_record: expect.stringContaining('p=quarantine'),
        },
        summary: { own_pass_rate: 100, classes: { own: { passed: expect.any(Number) } } },
      })
      await terraform.expectEmptyPlan()
    }, 180_000)
  })
})
