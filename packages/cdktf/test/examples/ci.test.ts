import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import type { Project } from '../project.ts'
import { exampleFolder, type OnSandbox, onSandbox } from './on-sandbox.ts'
import { runJob, type StepResult } from './workflow.ts'

const example = exampleFolder('ci')

describe.skipIf(!hasPrograms('terraform'))('examples/ci', () => {
  let sandbox: Sandbox
  let project: Project
  let domains: string
  let close: OnSandbox['close'] | undefined
  beforeAll(async () => {
    ;({ sandbox, project, close } = await onSandbox('ci', 'mail'))
    domains = await readFile(file('domains.yaml'), 'utf8')
  })
  afterAll(() => close?.())

  const file = (name: string) => join(project.folder, name)
  const comment = () => readFile(file('comment.md'), 'utf8')

  /** Plans these domains and checks the plan. Answers what is printed; rejects where the check refuses it. */
  async function check(text: string): Promise<string> {
    await writeFile(file('domains.yaml'), text)
    await project.node('main.ts')
    await project.terraform('plan', '-out=check.tfplan', '-no-color')
    await writeFile(file('plan.json'), await project.terraform('show', '-json', 'check.tfplan'))
    return judge(false)
  }

  const judge = (allow: boolean) =>
    project.nodeWith({ ALLOW_WEAKER: String(allow) }, 'check/main.ts', 'plan.json', 'comment.md')

  it('refuses the first plan, which has nothing to be compared with, and then comments that nothing changes', {
    timeout: 120_000,
  }, async () => {
    await project.node('main.ts')
    await project.terraform('init', '-no-color')
    await expect(check(domains)).rejects.toThrow('refused: the state has no domains yet')
    expect(await judge(true)).toContain('allowed: the state has no domains yet')
    expect(await comment()).toContain('| create | `dmarcreport_domain.')
    await project.terraform('apply', '-auto-approve', '-no-color', 'check.tfplan')
    await check(domains)
    expect(await comment()).toBe('## Mail domains\n\nNo changes.\n')
  })

  const hosts = 'mx: [mx.example.test]'
  const dmarc = 'hostedDmarc: { policy: reject }'
  const agency = 'address: agency.test'
  const mtaSts = / {4}hostedMtaSts.*\n/
  /** Each text of the domains' file with its replacement. */
  const edited = (edits: readonly (readonly [string | RegExp, string])[]) =>
    edits.reduce((text, [from, to]) => {
      const next = text.replace(from, to)
      expect(next, String(from)).not.toBe(text)
      return next
    }, domains)

  it.each<[string, [string | RegExp, string][], string[]]>([
    [
      'lower policies, relaxed alignment, MTA-STS back to testing',
      [
        [dmarc, 'hostedDmarc: { policy: quarantine }'],
        ['mode: enforce', 'mode: testing'],
        ['dkimAlignment: strict', 'dkimAlignment: relaxed'],
      ],
      [
        'example.test: p acts as quarantine, was reject',
        'example.test: MTA-STS goes from enforce to testing',
        'agency.test: adkim is relaxed, was strict',
      ],
    ],
    [
      'subdomains, test mode, a further mail host',
      [
        [dmarc, 'hostedDmarc: { policy: reject, subdomainPolicy: none, nonexistentSubdomainPolicy: reject }'],
        [hosts, 'mx: [mx.example.test, "*.elsewhere.test"]'],
        ['policy: quarantine', 'policy: quarantine, testMode: true'],
      ],
      [
        'example.test: sp acts as none, was reject',
        'example.test: MTA-STS accepts *.elsewhere.test as well',
        'agency.test: p acts as none, was quarantine',
      ],
    ],
    [
      'subdomains that do not exist, pct, a shorter age, a CNAME taken out',
      [
        [dmarc, 'hostedDmarc: { record: "v=DMARC1; p=reject; np=quarantine; pct=10" }'],
        [hosts, `${hosts}, maxAgeDays: 1`],
        [agency, `${agency}\n    dns: null`],
      ],
      [
        'example.test: np acts as quarantine, was reject',
        'example.test: pct is 10, was 100',
        'example.test: MTA-STS max_age_days is 1, was 7',
        'agency.test: the CNAME _dmarc.agency.test is no longer written',
      ],
    ],
    [
      'a policy left out, MTA-STS no longer hosted, a domain taken out',
      [
        [dmarc, 'hostedDmarc: {}'],
        [mtaSts, ''],
        [/ {2}- address: agency[\s\S]*/, ''],
      ],
      [
        'example.test: p acts as none, was reject',
        'example.test: MTA-STS goes from enforce to none',
        'agency.test: is removed, and its reports end',
        'agency.test: DMARC is no longer hosted (was p=quarantine)',
      ],
    ],
    [
      'MTA-STS withdrawn, another address',
      [
        [`mode: enforce, ${hosts}`, 'mode: none'],
        [agency, 'address: shop.test\n    dns: null'],
      ],
      ['example.test: MTA-STS goes from enforce to none', 'agency.test: is removed, and its reports end'],
    ],
  ])('refuses a plan that weakens: %s', { timeout: 60_000 }, async (_, edits, expected) => {
    const refused = await check(edited(edits)).catch((error: Error) => error.message)
    expect(await comment()).toContain('**Protection would be weakened.**')
    for (const line of expected) {
      expect(refused).toContain(`refused: ${line}\n`)
      expect(await comment()).toContain(`- ${line}\n`)
    }
    expect(await judge(true)).toContain(`allowed: ${expected[0]}\n`)
  })

  it('lets a plan pass that strengthens, adds, or says the same in other words', { timeout: 60_000 }, async () => {
    const stronger = edited([
      [dmarc, 'hostedDmarc: { policy: reject, subdomainPolicy: reject, extraRua: [dmarc@example.test] }'],
      [hosts, `${hosts}, maxAgeDays: 30`],
      ['policy: quarantine', 'policy: reject'],
    ])
    expect(await check(`${stronger}  - { address: shop.test, dns: null, hostedDmarc: {} }\n`)).toBe('')
  })

  it('fails before there is a plan where a rule of the stack is broken', async () => {
    await expect(check(domains.replace(/ {4}hostedDmarc: { policy: quarantine.*\n/, ''))).rejects.toThrow(
      'agency.test] hostedDmarc: found nothing, expected a hosted record',
    )
  })

  describe('its workflow', () => {
    let programs: string
    let commented: string
    beforeAll(async () => {
      programs = join(project.folder, '..', 'programs')
      commented = join(programs, 'comment')
      await mkdir(programs)
      const program = async (name: string, lines: string) => {
        await writeFile(join(programs, name), `#!/usr/bin/env bash\nset -e\n${lines}\n`)
        await chmod(join(programs, name), 0o755)
      }
      const node = `"${process.execPath}" --conditions=@dmarc-as-code/source`
      // What is installed lies above the project already; what npm would run is run.
      await program('npm', `case "$*" in ci) test -f package.json;; "run synth") ${node} main.ts;; *) exit 64;; esac`)
      await program('npx', '[ "$*" = "dmarcreport-provider install" ]')
      await program('node', `exec ${node} "$@"`)
      await program(
        'gh',
        `[ "$1 $2 $3 $4" = "pr comment 7 --body-file" ] && [ -n "$GH_TOKEN" ] && cp "$5" "${commented}"`,
      )
    })

    /** Runs the workflow for a pull request with these domains. */
    async function pullRequest(text: string, more: { label?: boolean; check?: string } = {}): Promise<StepResult[]> {
      await rm(commented, { force: true })
      await writeFile(file('domains.yaml'), text)
      if (more.check !== undefined) await writeFile(file('check/weakenings.ts'), more.check)
      const base = async ({ path }: Readonly<Record<string, unknown>>) => {
        if (path === undefined) return
        await rm(file(String(path)), { recursive: true, force: true })
        await cp(example, file(String(path)), { recursive: true })
      }
      const { tsig, dns } = sandbox
      try {
        return await runJob('.github/workflows/mail-domains.yml', 'plan', {
          workspace: project.folder,
          actions: {
            'actions/checkout@v4': base,
            'actions/setup-node@v4': () => {},
            'hashicorp/setup-terraform@v3': () => {},
          },
          expressions: {
            'secrets.DMARCREPORT_READ_TOKEN': sandbox.readOnlyToken,
            'vars.DNS_UPDATE_SERVER': dns.address,
            'vars.DNS_UPDATE_PORT': String(dns.port),
            'vars.DNS_UPDATE_KEYNAME': tsig.name,
            'vars.DNS_UPDATE_KEYALGORITHM': tsig.algorithm,
            'secrets.DNS_UPDATE_KEYSECRET': tsig.secret,
            'github.event.pull_request.base.sha': 'main',
            "contains(github.event.pull_request.labels.*.name, 'weaken-policy')": String(more.label ?? false),
            'github.event.number': '7',
            'github.token': 'token',
          },
          env: { ...project.env, PATH: `${programs}:${dirname(process.execPath)}:${process.env.PATH}` },
        })
      } finally {
        await cp(join(example, 'check'), file('check'), { recursive: true })
      }
    }
    const outcomes = (results: StepResult[]) => Object.fromEntries(results.map(({ step, outcome }) => [step, outcome]))

    it('comments the plan and passes, with a token that may only read', { timeout: 60_000 }, async () => {
      const results = await pullRequest(domains.replace('policy: quarantine', 'policy: reject'))
      expect(results.filter(({ outcome }) => outcome !== 'success')).toEqual([])
      const text = await readFile(commented, 'utf8')
      expect(text).toContain('| update | `dmarcreport_domain.')
      expect(text).toMatch(/<details><summary>The plan<\/summary>\n\n```text\n[\s\S]*"quarantine" -> "reject"/)
    })

    it('fails and comments why, also where the pull request weakens the check itself', {
      timeout: 60_000,
    }, async () => {
      const check = 'export const weakenings = () => []\n'
      const weaker = domains.replace('policy: reject', 'policy: none')
      expect(outcomes(await pullRequest(weaker, { check }))).toMatchObject({ Check: 'failure', Comment: 'success' })
      expect(await readFile(commented, 'utf8')).toContain('- example.test: p acts as none, was reject')
      const labelled = await pullRequest(weaker, { label: true })
      expect(outcomes(labelled)).toMatchObject({ Check: 'success', Comment: 'success' })
      expect(await readFile(commented, 'utf8')).toContain('which the label `weaken-policy` allows')
    })

    it('fails without a comment where there is no plan', { timeout: 60_000 }, async () => {
      const results = outcomes(await pullRequest(domains.replace('policy: reject', 'policy: rejct')))
      expect(results).toMatchObject({
        'npm run synth': 'failure',
        Plan: 'skipped',
        Check: 'skipped',
        Comment: 'skipped',
      })
    })
  })

  it('leaves nothing behind', { timeout: 60_000 }, async () => {
    await writeFile(file('domains.yaml'), domains)
    await project.node('main.ts')
    await project.terraform('destroy', '-auto-approve', '-no-color')
    expect(sandbox.zone('agency.test').dump()).not.toContain('_dmarc.agency.test')
  })
})
