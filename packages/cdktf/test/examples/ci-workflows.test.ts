import { existsSync } from 'node:fs'
import { appendFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { asRead } from './as-read.ts'
import { exampleFolder, type OnSandbox, onSandbox } from './on-sandbox.ts'
import { type Change, Repository } from './repository.ts'
import type { StepResult } from './workflow.ts'

const workflows = join(exampleFolder('ci'), '.github/workflows')
const read = async (name: string) => parse(await readFile(join(workflows, name), 'utf8'))

describe('the workflows of examples/ci', () => {
  it('pin every action by its commit', async () => {
    for (const name of await readdir(workflows)) {
      const { jobs } = await read(name)
      const steps = Object.values<{ steps: { uses?: string }[] }>(jobs).flatMap((job) => job.steps)
      const uses = steps.flatMap((step) => step.uses ?? [])
      expect(uses.length, name).toBeGreaterThan(2)
      expect(
        uses.filter((action) => !/@[0-9a-f]{40}$/.test(action)),
        name,
      ).toEqual([])
    }
  })

  it('give the code of a pull request nothing that may write', async () => {
    const text = await readFile(join(workflows, 'plan.yml'), 'utf8')
    const { permissions, on } = parse(text)
    expect(on).toBe('pull_request')
    expect(permissions).toEqual({ contents: 'read' })
    const secrets = [...text.matchAll(/secrets\.(\w+)/g)].map(([, name = '']) => name)
    expect(secrets).toEqual(['DMARCREPORT_READ_TOKEN', 'DNS_READ_KEYSECRET'])
    expect(text).not.toContain('github.token')
  })

  it('give secrets that may write to the apply alone, which nothing cuts off', async () => {
    for (const name of await readdir(workflows)) {
      const text = await readFile(join(workflows, name), 'utf8')
      const secrets = [...text.matchAll(/secrets\.(\w+)/g)].map(([, secret = '']) => secret)
      expect(
        secrets.some((secret) => !/READ/.test(secret)),
        name,
      ).toBe(name === 'apply.yml')
    }
    const apply = await read('apply.yml')
    expect(apply.concurrency).toEqual({ group: 'apply', 'cancel-in-progress': false })
    expect(apply.on).toEqual({ push: { branches: ['main'] } })
    expect(apply.jobs.apply.environment).toBe('mail-domains')
  })

  it('never put text of a pull request into a script', async () => {
    for (const name of await readdir(workflows)) {
      const { jobs } = await read(name)
      const steps = Object.values<{ steps: { run?: string }[] }>(jobs).flatMap((job) => job.steps)
      expect(
        steps.filter(({ run }) => run?.includes('${{')),
        name,
      ).toEqual([])
    }
  })
})

describe.skipIf(!hasPrograms('terraform', 'git'))('a repository made of examples/ci', () => {
  let sandbox: Sandbox
  let close: OnSandbox['close'] | undefined
  let repository: Repository
  let domains: string
  beforeAll(async () => {
    const opened = await onSandbox('ci', 'mail')
    ;({ sandbox, close } = opened)
    domains = await readFile(join(exampleFolder('ci'), 'domains.yaml'), 'utf8')
    repository = await Repository.create(opened.project, sandbox)
  }, 60_000)
  afterAll(() => close?.())

  const say =
    (text: string): Change =>
    (folder) =>
      writeFile(join(folder, 'domains.yaml'), text)
  const weakerText = () =>
    domains.replace('hostedDmarc: { policy: reject }', 'hostedDmarc: { policy: none }\n    allowWeaker: Tried out')
  const weaker = () => say(weakerText())
  const outcomes = (results: StepResult[]) => Object.fromEntries(results.map(({ step, outcome }) => [step, outcome]))
  const failed = (results: StepResult[]) =>
    results.filter(({ outcome }) => outcome === 'failure').map(({ step }) => step)

  it('applies what is merged; the first time with consent, since there is nothing to compare with', {
    timeout: 180_000,
  }, async () => {
    const refused = await repository.merge(say(domains))
    expect(failed(refused)).toEqual(['Judge'])
    expect(outcomes(refused).Apply).toBe('skipped')
    expect(failed(await repository.merge(say(`${domains}# once more\n`), { labels: ['weaken-policy'] }))).toEqual([])
    expect(sandbox.zone('agency.test').dump()).toContain('_dmarc.agency.test')
    expect(failed(await repository.drift())).toEqual([])
  })

  it('comments the plan and passes, with tokens that may only read', { timeout: 120_000 }, async () => {
    const results = await repository.gate(say(domains.replace('policy: quarantine', 'policy: reject')))
    expect(failed(results)).toEqual([])
    const text = await repository.comment()
    expect(text).toContain('| update | `dmarcreport_domain.')
    expect(text).toMatch(/<details><summary>The plan<\/summary>\n\n```text\n[\s\S]*"quarantine" -> "reject"/)
  })

  it('comments the evidence for a policy that is tightened, which decides nothing', { timeout: 180_000 }, async () => {
    const domain = 'agency.test'
    const change = say(domains.replace('policy: quarantine', 'policy: reject'))
    const tightened = `A policy is tightened. By the reports:\n\n- ${domain}: the DMARC policy goes to reject:`
    const warnings = 'Warnings of the plan:\n\n- Tightens the DMARC policy of agency.test to reject without evidence\n'
    expect(failed(await repository.gate(change))).toEqual([])
    expect(await repository.comment()).toContain(`${tightened} evidence is missing, as the warnings of the plan say\n`)
    expect(await repository.comment()).toContain(`${warnings}  - Found no report, expected`)
    expect(await repository.comment()).toContain('In `domains.yaml`, `accept_risk` is called `acceptRisk`.')

    // Anyone can send mail in the name of a domain, and with it bring a name into its reports.
    const hostile = 'www.evil.test'
    await sandbox.reports.play({ domain, policy: 'quarantine', services: { [hostile]: { messages: 50 } } })
    expect(failed(await repository.gate(change))).toEqual([])
    const blocked = await repository.comment()
    expect(asRead(blocked)).toMatch(/ {2}- Found .*\(domain:www\.evil\.test\), expected/)
    expect(blocked).not.toContain(hostile)

    const reason = '**Safe** @someone https://evil.test'
    const accepted = domains.replace('policy: quarantine', `policy: reject`)
    const giving = accepted.replace('address: agency.test', `$&\n    acceptRisk: "${reason}"`)
    expect(failed(await repository.gate(say(giving)))).toEqual([])
    const given = await repository.comment()
    expect(asRead(given)).toContain(`${tightened} without evidence; the reason given is "${reason}"\n`)
    expect(given.split('```')[0]).not.toMatch(/\*\*Safe|@someone|https:/)

    await sandbox.reports.play({ domain, policy: 'quarantine' })
    expect(failed(await repository.gate(change))).toEqual([])
    const ready = await repository.comment()
    expect(ready).toContain(`${tightened} the reports show that it loses no mail of its own\n`)
    expect(ready).not.toContain('Warnings of the plan')
  })

  it('refuses what weakens, until a label allows it, which a push withdraws', { timeout: 180_000 }, async () => {
    expect(failed(await repository.gate(weaker()))).toEqual(['Judge'])
    expect(await repository.comment()).toContain('- example.test: The policy for the domain goes from reject to none')
    expect(failed(await repository.gate(weaker(), { labels: ['weaken-policy'], action: 'labeled' }))).toEqual([])
    expect(await repository.comment()).toContain('which the label `weaken-policy` allows')
    expect(failed(await repository.gate(weaker(), { labels: ['weaken-policy'], action: 'synchronize' }))).toEqual([
      'Judge',
    ])
    expect(await repository.edits()).toEqual(['pr edit 7 --remove-label weaken-policy,code-reviewed'])
  })

  /** Each way to switch the gate off that a pull request has. Each weakens a policy, and leaves a mark where it is executed. */
  const hostile: Record<string, (folder: string, mark: string) => Promise<void>> = {
    'main.ts': (folder, mark) =>
      writeFile(join(folder, 'main.ts'), `import { writeFileSync } from 'node:fs'\nwriteFileSync('${mark}', '')\n`),
    'package.json': async (folder, mark) => {
      const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
      const scripts = { synth: `touch ${mark}`, preinstall: `touch ${mark}`, prepare: `touch ${mark}` }
      await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, scripts }))
    },
    'package-lock.json': (folder) =>
      writeFile(join(folder, 'package-lock.json'), '{ "packages": { "": { "dependencies": { "evil": "*" } } } }'),
    'check/weakenings.ts': async (folder, mark) => {
      const spy = `import { writeFileSync } from 'node:fs'\nwriteFileSync('${mark}', '')\n`
      await writeFile(join(folder, 'check/weakenings.ts'), `${spy}export const weakenings = () => []\n`)
      await writeFile(join(folder, 'check/evidence.ts'), `${spy}export const evidenceLines = () => ['All is well']\n`)
    },
    '.github/workflows/gate.yml': (folder, mark) =>
      writeFile(
        join(folder, '.github/workflows/gate.yml'),
        `on: pull_request_target\njobs: { gate: { steps: [{ run: 'touch ${mark}' }] } }\n`,
      ),
  }

  it.each(Object.keys(hostile))(
    'takes nothing of %s from a pull request, and refuses it',
    { timeout: 120_000 },
    async (name) => {
      const change: Change = async (folder) => {
        await weaker()(folder)
        await hostile[name]?.(folder, repository.marker)
      }
      const results = await repository.gate(change, { labels: ['weaken-policy'] })
      expect(failed(results)).toEqual(['Judge'])
      expect(existsSync(repository.marker)).toBe(false)
      expect(await repository.comment()).toContain(`**Code is changed.** The plan below is without it.`)
      expect(await repository.comment()).toContain(`- \`${name}\``)
      expect(await repository.comment()).toContain('- example.test: The policy for the domain goes from reject to none')
      expect(failed(await repository.gate(change, { labels: ['code-reviewed'] }))).toEqual(['Judge'])
      expect(failed(await repository.gate(change, { labels: ['weaken-policy', 'code-reviewed'] }))).toEqual([])
    },
  )

  it('takes domains.yaml as text, whatever is in it', { timeout: 120_000 }, async () => {
    const secret = join(repository.marker, '..', 'secret.txt')
    await writeFile(secret, 'the-secret')
    const name = `\${file("${secret}")} %{ if true } \`\`\`\`</details> @someone $(touch ${repository.marker})`
    const results = await repository.gate(say(`${domains}tags: { ${JSON.stringify(name)}: "#123456" }\n`))
    expect(failed(results)).toEqual([])
    const text = await repository.comment()
    expect(text).not.toContain('the-secret')
    expect(text).toContain('`````text\n')
    expect(existsSync(repository.marker)).toBe(false)
  })

  it('reads no other file in the place of domains.yaml', { timeout: 120_000 }, async () => {
    const secret = join(repository.marker, '..', 'link.txt')
    await writeFile(secret, 'the-secret')
    const results = await repository.gate(async (folder) => {
      await rm(join(folder, 'domains.yaml'))
      await symlink(secret, join(folder, 'domains.yaml'))
    })
    expect(failed(results)).toEqual(['Synthesise'])
    expect(JSON.stringify(results)).not.toContain('the-secret')
  })

  it('judges file names that say something else', { timeout: 120_000 }, async () => {
    const results = await repository.gate(async (folder) => {
      await mkdir(join(folder, 'docs'))
      await appendFile(join(folder, 'docs', '`[a](evil.test) @someone'), 'x')
    })
    expect(failed(results)).toEqual(['Judge'])
    expect(await repository.comment()).toContain("- `docs/'[a](evil.test) @someone`")
  })

  const withoutPlan = { Plan: 'skipped', Judge: 'skipped', 'Say why there is no plan': 'success', Comment: 'success' }

  it('comments what synthesis refuses, in the place of an earlier comment', { timeout: 120_000 }, async () => {
    const results = await repository.gate(async (folder) => {
      await say(domains.replace('policy: reject', 'policy: "````</details> @someone"'))(folder)
      await appendFile(join(folder, 'main.ts'), '// changed\n')
    })
    expect(outcomes(results)).toMatchObject({ ...withoutPlan, Synthesise: 'failure' })
    expect(await repository.comment()).toMatch(
      /^## Mail domains\n\n\*\*There is no plan, so this cannot be merged\.\*\*\n\n`{5}text\nError: .*\n[\s\S]*domains\.yaml:\d+:\d+ domains\[\d\]\.hostedDmarc\.policy: found "````<\/details> @someone", expected none, quarantine or reject/,
    )
    expect(await repository.comment()).toContain('- `main.ts`')
    expect(await repository.comment()).not.toMatch(/^ +at /m)
  })

  it('comments what the provider refuses in the plan', { timeout: 120_000 }, async () => {
    const results = await repository.gate(say(domains.replace('{ policy: reject }', '{ policy: none }')))
    expect(outcomes(results)).toMatchObject({ ...withoutPlan, Plan: 'failure' })
    const text = await repository.comment()
    expect(text).toMatch(/Error: Weakens protection at example\.test/)
    expect(text).toContain('In `domains.yaml`, `allow_weaker` is called `allowWeaker`.')
    expect(text).not.toContain(sandbox.readOnlyToken)
  })

  it('comments that there is no plan where the data is gone', { timeout: 120_000 }, async () => {
    const results = await repository.gate((folder) => rm(join(folder, 'domains.yaml')))
    expect(failed(results)).toEqual(['Take the data'])
    expect(await repository.comment()).toContain('The log of the job says why.')
  })

  it("runs the pull request's own code only where it can do no harm", { timeout: 120_000 }, async () => {
    const stolen = join(repository.marker, '..', 'environment.json')
    const results = await repository.plan(async (folder) => {
      const spy = `import { writeFileSync } from 'node:fs'\nwriteFileSync('${stolen}', JSON.stringify(process.env))\n`
      await writeFile(join(folder, 'main.ts'), spy + (await readFile(join(folder, 'main.ts'), 'utf8')))
    })
    expect(failed(results)).toEqual([])
    const environment = await readFile(stolen, 'utf8')
    for (const value of [sandbox.token, sandbox.readOnlyToken, sandbox.tsig.secret])
      expect(environment).not.toContain(value)
  })

  it('refuses to apply a weakening that went around the gate, and applies it with consent', {
    timeout: 180_000,
  }, async () => {
    const around = await repository.merge(weaker())
    expect(failed(around)).toEqual(['Judge'])
    expect(outcomes(around).Apply).toBe('skipped')
    expect(failed(await repository.drift())).toEqual(['Compare'])
    const change = say(`${weakerText()}# agreed\n`)
    expect(failed(await repository.merge(change, { labels: ['weaken-policy'] }))).toEqual([])
    expect(failed(await repository.drift())).toEqual([])
  })
})
