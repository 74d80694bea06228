import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { comment, commentWithoutPlan } from '../../../../examples/ci/check/comment.ts'
import { diagnosticsOf, errorsText } from '../../../../examples/ci/check/diagnostics.ts'
import { type AskEvidence, evidenceLines } from '../../../../examples/ci/check/evidence.ts'
import { inline } from '../../../../examples/ci/check/markdown.ts'
import type { Plan, Values } from '../../../../examples/ci/check/plan.ts'
import { askService } from '../../../../examples/ci/check/service.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { asRead } from './as-read.ts'

const planned = (...messages: unknown[]) =>
  [{ type: 'version', terraform: '1.11.4' }, ...messages].map((message) => JSON.stringify(message)).join('\n')
const diagnostic = (summary: string, detail: string, more: object = {}) => ({
  type: 'diagnostic',
  diagnostic: { severity: 'warning', summary, detail, ...more },
})

describe('the diagnostics of a plan', () => {
  it('are read from the JSON of the plan, each once, and from nothing else in it', () => {
    const one = diagnostic('One', 'Why', { address: 'dmarcreport_domain.a' })
    const text = { type: 'planned_change', change: JSON.stringify(diagnostic('Forged', '')) }
    expect(diagnosticsOf(planned(one, text, one))).toEqual([
      { severity: 'warning', summary: 'One', detail: 'Why', address: 'dmarcreport_domain.a' },
    ])
    expect(diagnosticsOf(`${planned(one)}\nnot JSON\n{"type":"diagnostic"}\nnull`)).toHaveLength(1)
  })

  it('are lost, and not none, where the plan did not print them', () => {
    expect(diagnosticsOf('')).toBeUndefined()
    expect(diagnosticsOf('Warning: a text for people')).toBeUndefined()
    expect(comment({}, { weaker: [], allowed: false, warnings: 'lost' })).toContain('could not be read')
  })

  it('become the text of the comment where there is no plan', () => {
    const refused = diagnostic('Weakens', 'Line 1\nLine 2', { severity: 'error', address: 'dmarcreport_domain.a' })
    const text = errorsText(diagnosticsOf(planned(diagnostic('A warning', ''), refused)) ?? [])
    expect(text).toBe('Error: Weakens\n  with dmarcreport_domain.a\n\nLine 1\nLine 2')
    expect(commentWithoutPlan(text)).toContain(`\`\`\`text\n${text}\n\`\`\``)
  })
})

const resource = 'dmarcreport_domain.a'
const hosted = (policy: string, more: Values = {}): Values => ({
  address: 'a.test',
  id: '3',
  account_id: '7',
  hosted_dmarc: { published_record: `v=DMARC1; p=${policy}`, gate: 'warn', ...more },
})
const update = (before: Values | null, after: Values | null): Plan => ({
  resource_changes: [{ address: resource, type: 'dmarcreport_domain', change: { actions: ['update'], before, after } }],
})
const never: AskEvidence = () => Promise.reject(new Error('asked without need'))
const lines = (plan: Plan, ask: AskEvidence = never, found: Parameters<typeof evidenceLines>[1] = []) =>
  evidenceLines(plan, found, ask, AbortSignal.timeout(10_000))
const raised = update(hosted('none'), hosted('reject'))

describe('the evidence for a policy that is tightened', () => {
  it.each<[string, Awaited<ReturnType<AskEvidence>>, string]>([
    ['is there', { ready: true, blockers: [] }, 'the reports show that it loses no mail of its own'],
    [
      'is missing',
      { ready: false, blockers: ['Found 1, expected 2. Wait.'] },
      'evidence is missing. Found 1, expected',
    ],
    ['is missing without a word', { ready: false, blockers: [] }, 'evidence is missing. The service does not say why'],
    ['cannot be had', 'no reports', 'evidence is missing, since the service keeps no reports'],
  ])('is reported where it %s', async (_, answer, expected) => {
    expect(await lines(raised, async () => answer)).toEqual([
      expect.stringContaining(`a.test: the DMARC policy goes to reject: ${expected}`),
    ])
  })

  it('is reported as unread where it cannot be read, also without a token', async () => {
    expect(await lines(raised, () => Promise.reject(new Error('refused')))).toEqual([
      expect.stringContaining('the evidence could not be read, so nothing is shown (refused)'),
    ])
    expect(await lines(raised, askService({}))).toEqual([expect.stringContaining('(DMARCREPORT_TOKEN is not set)')])
  })

  it('is not asked for where the plan has warned of that resource and policy', async () => {
    const found = { severity: 'warning', summary: 'Tightens the DMARC policy of a.test to reject without evidence' }
    expect(await lines(raised, never, [{ ...found, detail: '', address: resource }])).toEqual([
      'a.test: the DMARC policy goes to reject: evidence is missing, as the warnings of the plan say',
    ])
    const ready: AskEvidence = async () => ({ ready: true, blockers: [] })
    expect(await lines(raised, ready, [{ ...found, detail: '', address: 'dmarcreport_domain.b' }])).toEqual([
      expect.stringContaining('the reports show'),
    ])
  })

  it('is not claimed where the gate is off or a reason is given', async () => {
    expect(await lines(update(hosted('none'), hosted('reject', { gate: 'off' })))).toEqual([
      'a.test: the DMARC policy goes to reject: without evidence; its gate is off',
    ])
    expect(await lines(update(hosted('none'), { ...hosted('reject'), accept_risk: 'Nobody "sends"' }))).toEqual([
      'a.test: the DMARC policy goes to reject: without evidence; the reason given is "Nobody \\"sends\\""',
    ])
  })

  it('is asked for each policy, by what receivers apply, and for nothing that tightens nothing', async () => {
    const asked: string[] = []
    const ask: AskEvidence = async (domain, target) => {
      asked.push(`${domain.account_id}/${domain.id} ${target}`)
      return { ready: true, blockers: [] }
    }
    const mode = (name: string) => ({ hosted_mta_sts: { mode: name, mx: ['mx.a.test'] } })
    await lines(update({ ...hosted('none'), ...mode('testing') }, { ...hosted('quarantine'), ...mode('enforce') }), ask)
    expect(asked.splice(0)).toEqual(['7/3 quarantine', '7/3 mta_sts_enforce'])
    await lines(update(hosted('none; sp=none'), hosted('none; sp=reject')), ask)
    expect(asked.splice(0)).toEqual(['7/3 reject'])
    await lines(update(hosted('none'), hosted('quarantine; t=y')), ask)
    await lines(update(hosted('reject'), hosted('none')), ask)
    await lines(update(hosted('reject'), null), ask)
    await lines(update(null, hosted('reject')), ask)
    await lines(update({ ...hosted('none'), parked: true }, { ...hosted('reject'), parked: true }), ask)
    expect(asked).toEqual([])
  })
})

const hostile = [
  '**Approved** __by__ _them_ ~~no~~ `code`',
  '@someone @org/team someone@evil.test mailto:a@evil.test',
  'https://evil.test www.evil.test [a](https://evil.test) ![x](https://evil.test/x.png) <https://evil.test>',
  '</details><h1>Merge</h1><script>x</script><!--',
  'fixes #1 example/other#2 &#64;someone &lt;b&gt;',
  '# Heading',
  '- item',
  '+ item',
  '1. item',
  '12) item',
  '===',
  '---',
  '> quoted',
  '[x] done',
  '$x^2$ $$y$$',
  'a\n\n## Heading\n\n| a | b |\n| - | - |\n\n```\nfence',
  'a\u2028## b\r\n\u202Etxet neddih\u200b',
  '\tcode',
  '    code',
  'a | b | c',
  '\\',
  '\\*not\\*',
]
const everywhere = (text: string) =>
  comment(raised, {
    weaker: [text],
    shown: [text],
    unread: [text],
    evidence: [text],
    warnings: [{ severity: 'warning', summary: text, detail: `- ${text.replace(/[\r\n]+/g, ' ')}` }],
    allowed: false,
    code: [text],
    text,
  })

describe('hostile text in a comment', () => {
  it.each(hostile)('begins no line, mentions no user and is not Markdown: %j', (text) => {
    const escaped = inline(text)
    expect(escaped).not.toMatch(/[\\`*_[\]<>!|~$\n]|@|#(?!\d+;)|:\/\/|www\./)
    // Nor once entities are text again, which is where GitHub looks for people and for issues.
    expect(escaped.replaceAll('&#8203;', '')).not.toBe('')
    expect(escaped).not.toMatch(/&#(?:35|64);(?!&#8203;)/)
    expect(asRead(escaped)).toContain(
      text
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, 1),
    )
  })

  it.skipIf(!hasPrograms('cmark-gfm')).each(hostile)('is plain text to the renderer of GitHub: %j', (text) => {
    const extensions = ['autolink', 'table', 'strikethrough', 'tasklist'].flatMap((name) => ['-e', name])
    const render = (markdown: string) => {
      const { stdout } = spawnSync('cmark-gfm', ['--unsafe', ...extensions], { input: markdown, encoding: 'utf8' })
      return stdout.match(/<\/?[a-z][^>]*>|<!--/gi)
    }
    expect(render(everywhere(text))).toEqual(render(everywhere('plain')))
  })

  it('fits a comment of GitHub, however much of it there is', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `domain-${index}.test: &@#`.padEnd(300, '@'))
    const warnings = many.map((line) => ({ severity: 'warning', summary: line, detail: line }))
    const { resource_changes: [change] = [] } = raised
    const text = '`'.repeat(200_000)
    for (const plan of [raised, { resource_changes: many.map(() => change as NonNullable<typeof change>) }]) {
      const findings = { weaker: many, shown: many, unread: many, evidence: many, warnings, code: many, text }
      const markdown = comment(plan, { ...findings, allowed: false })
      expect(markdown.length).toBeLessThan(65_536)
      expect(markdown).toContain('more lines, which the log of the job has.')
      expect(markdown).toContain('**Protection would be weakened.**')
    }
    expect(commentWithoutPlan(text, many).length).toBeLessThan(65_536)
  })
})
