import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import type { Project } from '../project.ts'
import { asRead } from './as-read.ts'
import { letDestroy } from './let-destroy.ts'
import { type OnSandbox, onSandbox } from './on-sandbox.ts'

describe.skipIf(!hasPrograms('terraform'))('examples/ci', () => {
  let sandbox: Sandbox
  let project: Project
  /** As the example has them, and as they may be deleted. */
  let protectedDomains: string
  let domains: string
  let close: OnSandbox['close'] | undefined
  beforeAll(async () => {
    ;({ sandbox, project, close } = await onSandbox('ci', 'mail'))
    protectedDomains = await readFile(file('domains.yaml'), 'utf8')
    await letDestroy(project)
    // The provider refuses to plan what weakens without a reason.
    const loose = await readFile(file('domains.yaml'), 'utf8')
    domains = loose.replace('defaults:\n', '$&  allowWeaker: Tried out\n')
  })
  afterAll(() => close?.())

  const file = (name: string) => join(project.folder, name)
  const comment = async () => asRead(await readFile(file('comment.md'), 'utf8'))

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
        'example.test: The policy for the domain goes from reject to quarantine',
        'example.test: The MTA-STS mode goes from enforce to testing',
        'agency.test: Alignment goes from adkim=s, aspf=r to adkim=r, aspf=r',
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
        'example.test: The policy for subdomains goes from reject to none',
        'agency.test: The policy for the domain goes from quarantine to none (quarantine at receivers that follow RFC 7489)',
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
        'example.test: The policy for subdomains that do not exist goes from reject to quarantine (reject for 10 % of the mail at receivers that follow RFC 7489)',
        'example.test: The policy for the domain goes from reject at every receiver to reject (reject for 10 % of the mail at receivers that follow RFC 7489)',
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
        'example.test: The policy for the domain goes from reject to none',
        'example.test: MTA-STS is no longer hosted (was enforce)',
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
      ['example.test: The MTA-STS mode goes from enforce to none', 'agency.test: is removed, and its reports end'],
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

  it('shows further mail hosts and a shorter lifetime, which take no consent', { timeout: 60_000 }, async () => {
    const printed = await check(edited([[hosts, 'mx: [mx.example.test, "*.elsewhere.test"], maxAgeDays: 1']]))
    for (const line of [
      'example.test: The MTA-STS policy also allows *.elsewhere.test',
      'example.test: The lifetime of the MTA-STS policy goes from 7 days to 1 day',
    ]) {
      expect(printed).toContain(`shown: ${line}\n`)
      expect(await comment()).toContain(`- ${line}\n`)
    }
    expect(await comment()).not.toContain('Protection would be weakened')
  })

  it('refuses a new domain that weakens what is live, although the pull request itself gives a reason', {
    timeout: 60_000,
  }, async () => {
    const zone = sandbox.zone('shop.test')
    zone.setRrsets('_dmarc.shop.test', [{ type: 'TXT', ttl: 60, data: ['v=DMARC1; p=reject'] }])
    const added = (settings: string) => `${domains}  - { address: shop.test, dns: null, ${settings} }\n`
    const lines = [
      'shop.test: The policy for the domain goes from reject to none',
      'shop.test: live now is v=DMARC1; p=reject (TXT at _dmarc.shop.test)',
      'shop.test: the reason given is "Tried out"',
    ]
    const refused = await check(added('hostedDmarc: { policy: none }')).catch((error: Error) => error.message)
    for (const line of lines) expect(refused).toContain(`refused: ${line}\n`)
    expect(await comment()).toContain('**Protection would be weakened.** If that is wanted, add the label')
    expect(await judge(true)).toContain(`allowed: ${lines[0]}\n`)
    expect(await check(added('hostedDmarc: { policy: reject }'))).toBe('')
    expect(await check(added('hostedDmarc: { fromCurrent: true }'))).toBe('')
    zone.remove('_dmarc.shop.test')
  })

  it('warns of a new domain whose live state cannot be read, and lets it pass', { timeout: 60_000 }, async () => {
    const printed = await check(`${domains}  - { address: elsewhere.test, dns: null, hostedDmarc: { policy: none } }\n`)
    expect(printed).toMatch(
      /^not compared: elsewhere\.test: the live DMARC could not be read, so the effect is unknown/,
    )
    expect(await comment()).toContain('**Not compared**, so look yourself:\n\n- elsewhere.test: the live DMARC could')
  })

  it('lets a plan pass that strengthens, adds, or says the same in other words', { timeout: 60_000 }, async () => {
    const stronger = edited([
      [dmarc, 'hostedDmarc: { policy: reject, subdomainPolicy: reject, extraRua: [dmarc@example.test] }'],
      [hosts, `${hosts}, maxAgeDays: 30`],
      ['policy: quarantine', 'policy: reject'],
    ])
    expect(await check(`${stronger}  - { address: shop.test, dns: null, hostedDmarc: {} }\n`)).toBe('')
  })

  it('refuses to take protection from deletion away; while it is there, the plan fails', {
    timeout: 60_000,
  }, async () => {
    expect(await check(protectedDomains)).toBe('')
    await project.terraform('apply', '-auto-approve', '-no-color', 'check.tfplan')
    await expect(check(protectedDomains.replace(/ {2}- address: agency[\s\S]*/, ''))).rejects.toThrow(
      'Domain agency.test is protected from deletion',
    )
    await expect(check(domains)).rejects.toThrow('refused: agency.test: is no longer protected from deletion')
    await project.terraform('apply', '-auto-approve', '-no-color', 'check.tfplan')
  })

  it('fails before there is a plan where a rule of the stack is broken', async () => {
    await expect(check(domains.replace(/ {4}hostedDmarc: { policy: quarantine.*\n/, ''))).rejects.toThrow(
      'agency.test] hostedDmarc: found nothing, expected a hosted record',
    )
  })

  it('leaves nothing behind', { timeout: 60_000 }, async () => {
    await writeFile(file('domains.yaml'), domains)
    await project.node('main.ts')
    await project.terraform('destroy', '-auto-approve', '-no-color')
    expect(sandbox.zone('agency.test').dump()).not.toContain('_dmarc.agency.test')
  })
})
