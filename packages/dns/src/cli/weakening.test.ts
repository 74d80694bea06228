import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { dmarcSituations, dmarcTarget, dmarcZones } from '../../../../test-support/weakening/index.ts'
import { transferZone } from '../../../../test-support/zone-dump.ts'
import { runCaptured } from '../../test/run-cli.ts'
import type { TsigKey } from '../rfc2136/tsig.ts'

const key: TsigKey = {
  name: 'k',
  algorithm: 'hmac-sha256',
  secret: Buffer.from('weakening-weakening-weakening-12').toString('base64'),
}

describe.skipIf(!hasPrograms('named', 'dig', 'nsupdate'))('dmarc-dns before a change that weakens what is live', () => {
  let bind: DnsDaemon
  let folder: string
  beforeAll(async () => {
    bind = await startBind({ zones: dmarcZones(), keys: [key] })
    folder = await mkdtemp(join(tmpdir(), 'dmarc-weakening-'))
    await writeFile(
      join(folder, 'dns.json'),
      JSON.stringify({ type: 'rfc2136', server: '127.0.0.1', port: bind.port, key }),
    )
  })
  afterAll(async () => {
    await bind?.close()
    await rm(folder, { recursive: true })
  })

  const run = (command: 'plan' | 'apply', situation: (typeof dmarcSituations)[number], ...more: string[]) =>
    dmarcDns(
      ...[command, '--cname', `_dmarc.${situation.domain}=${dmarcTarget(situation)}`, '--conflict', 'replace'],
      ...(command === 'apply' ? ['--yes', '--journal', join(folder, situation.id)] : []),
      ...more,
    )

  const dmarcDns = (...args: string[]) =>
    runCaptured([...args, '--dns', join(folder, 'dns.json'), '--no-fetch', '--stub-zone', `.=127.0.0.1:${bind.port}`])

  it.each(dmarcSituations)('tells it by the exit code where the domain has $title', async (situation) => {
    const { needsConsent, grade } = situation.verdict
    const { code, out } = await run('plan', situation)
    expect(code).toBe(needsConsent ? 4 : 1)
    const first = out.split('\n')[0]
    if (needsConsent) expect(first).toBe(`Weakens protection at ${situation.domain}.`)
    else expect(first).not.toContain('Weakens')
    expect(out.includes(`Warning: ${situation.domain}:`)).toBe(grade === 'unknown')
    expect((await run('plan', situation, '--allow-weaker', 'Known and wanted')).code).toBe(1)
  })

  it('shows what holds now and after, and how to go on', async () => {
    const [situation] = dmarcSituations
    if (!situation) throw new Error('no situation')
    const { out, err } = await run('plan', situation)
    expect(out).toContain('stronger-own.test: The policy for the domain goes from reject to none.')
    expect(out).toContain(
      'now:   v=DMARC1; p=reject; sp=reject; rua=mailto:soc@stronger-own.test (TXT at _dmarc.stronger-own.test)',
    )
    expect(out).toContain('after: v=DMARC1; p=none; rua=mailto:in@hosted.test (TXT at stronger-own.dmarc.hosted.test)')
    expect(err).toContain('--allow-weaker "..."')
  })

  it('apply touches nothing without a reason, and keeps the reason in the journal', async () => {
    const situation = dmarcSituations.find(({ id }) => id === 'only-policy')
    if (!situation) throw new Error('no situation')
    const before = await transferZone(bind.port, situation.domain, key)
    const refused = await run('apply', situation, '--json')
    expect(refused.code).toBe(4)
    expect(JSON.parse(refused.out).verdict).toMatchObject({ needsConsent: true, grade: 'weaker' })
    expect(await transferZone(bind.port, situation.domain, key)).toEqual(before)

    const applied = await run('apply', situation, '--allow-weaker', 'Testing the new service for a week')
    expect(applied.code).toBe(0)
    const [journal = ''] = await readdir(join(folder, situation.id))
    expect(JSON.parse(await readFile(join(folder, situation.id, journal), 'utf8'))).toMatchObject({
      allowWeaker: 'Testing the new service for a week',
    })
  })

  it('says that lost report addresses are why undoing a new CNAME at p=none needs a reason', async () => {
    const situation = dmarcSituations.find(({ id }) => id === 'none')
    if (!situation) throw new Error('no situation')
    await host(situation, 'v=DMARC1; p=none; rua=mailto:in@hosted.test')
    expect((await run('apply', situation)).code).toBe(0)
    const undo = (...more: string[]) => dmarcDns('undo', '--journal', join(folder, situation.id), ...more)
    const refused = await undo()
    expect(refused.code).toBe(4)
    expect(refused.out).toContain('none.test: Aggregate reports no longer go to in@hosted.test.')
    expect(refused.out).toContain('No policy becomes weaker. A reason is needed because report addresses are lost')
    expect((await undo('--allow-weaker', 'The service was only tried')).code).toBe(0)
    await host(situation, situation.hosted)
  })

  it('does not speak of report addresses alone where a policy becomes weaker, too', async () => {
    const [situation] = dmarcSituations
    if (!situation) throw new Error('no situation')
    expect((await run('plan', situation)).out).not.toContain('No policy becomes weaker')
  })

  it('warns about a consent that is not needed', async () => {
    const situation = dmarcSituations.find(({ id }) => id === 'weaker-own')
    if (!situation) throw new Error('no situation')
    expect((await run('plan', situation, '--allow-weaker', 'from last time')).err).toContain('is not needed')
  })

  it('takes only words for a reason', async () => {
    const [situation] = dmarcSituations
    if (!situation) throw new Error('no situation')
    for (const nothing of ['', '   ', '\u200b']) {
      const { code, err } = await run('apply', situation, '--allow-weaker', nothing)
      expect(code).toBe(64)
      expect(err).toContain('--allow-weaker takes a reason in words.')
    }
  })

  /** Changes the hosted record of a situation, as somebody in the web app of the service does. */
  async function host(situation: (typeof dmarcSituations)[number], record: string) {
    const target = dmarcTarget(situation)
    const child = execFile('nsupdate', ['-y', `${key.algorithm}:${key.name}:${key.secret}`])
    const ended = once(child, 'close')
    child.stdin?.end(
      `server 127.0.0.1 ${bind.port}\nzone hosted.test\nupdate delete ${target} TXT\nupdate add ${target} 300 TXT "${record}"\nsend\n`,
    )
    expect(await ended).toEqual([0, null])
  }

  it('looks again at what a kept plan does, because the hosted record may have changed since', async () => {
    const situation = dmarcSituations.find(({ id }) => id === 'equal-own')
    if (!situation) throw new Error('no situation')
    const before = await zoneOf(situation)
    const kept = join(folder, 'kept.json')
    const planned = await run('plan', situation, '--json')
    expect(JSON.parse(planned.out).verdict).toMatchObject({ grade: 'same', needsConsent: false })
    await writeFile(kept, planned.out)
    const apply = (...more: string[]) =>
      dmarcDns('apply', '--plan', kept, '--yes', '--journal', join(folder, 'kept'), ...more)

    await host(situation, 'v=DMARC1; p=none; rua=mailto:in@hosted.test')
    const refused = await apply()
    expect(refused.code).toBe(4)
    expect(refused.out.split('\n')[0]).toBe('Weakens protection at equal-own.test.')
    expect(await zoneOf(situation)).toEqual(before)
    const json = await apply('--json')
    expect([json.code, JSON.parse(json.out).verdict.needsConsent]).toEqual([4, true])

    await host(situation, situation.hosted)
    expect((await apply()).code).toBe(0)
    expect((await dmarcDns('undo', '--journal', join(folder, 'kept'))).code).toBe(0)
    expect(await zoneOf(situation)).toEqual(before)
  })

  it('looks again at what a kept ejection does, because the hosted record may have become stronger since', async () => {
    const situation = dmarcSituations.find(({ id }) => id === 'only-policy')
    if (!situation) throw new Error('no situation')
    const journal = join(folder, 'ejected')
    const kept = join(folder, 'ejection.json')
    const apply = (...more: string[]) => dmarcDns('apply', '--plan', kept, '--yes', '--journal', journal, ...more)
    await run('apply', situation, '--allow-weaker', 'a test of eject')
    const hosted = await zoneOf(situation)
    const ejection = await dmarcDns('eject', situation.domain, '--dry-run', '--json')
    await writeFile(kept, JSON.stringify(JSON.parse(ejection.out).plan))

    await host(situation, 'v=DMARC1; p=reject; rua=mailto:in@hosted.test')
    expect((await apply()).code).toBe(4)
    expect(await zoneOf(situation)).toEqual(hosted)
    await host(situation, situation.hosted)
    expect((await apply()).code).toBe(0)
    expect((await dmarcDns('undo', '--journal', journal)).code).toBe(0)
    expect(await zoneOf(situation)).toEqual(hosted)
  })

  const zoneOf = ({ domain }: (typeof dmarcSituations)[number]) => {
    const zone = dmarcZones().find(({ name }) => domain === name || domain.endsWith(`.${name}`))
    return transferZone(bind.port, zone?.name ?? domain, key)
  }

  const undo = (situation: (typeof dmarcSituations)[number], ...more: string[]) =>
    dmarcDns('undo', '--journal', join(folder, situation.id), ...more)

  it.each(dmarcSituations.filter(({ verdict }) => verdict.grade !== 'unknown'))(
    'undo shows what going back does, and asks for a reason where that is weaker: the domain had $title',
    async (situation) => {
      const before = await zoneOf(situation)
      const applied = await run('apply', situation, '--allow-weaker', 'a test of undo')
      expect(applied.code).toBe(0)
      const after = await zoneOf(situation)
      if (JSON.stringify(after) === JSON.stringify(before)) return
      const shown = await undo(situation, '--dry-run', '--json')
      const { verdict, items } = JSON.parse(shown.out)
      // What got better on the way there gets worse on the way back.
      const forward = situation.verdict.grade
      if (forward === 'stronger') expect(verdict).toMatchObject({ grade: 'weaker', needsConsent: true })
      if (forward === 'same') expect(verdict).toMatchObject({ grade: 'same', needsConsent: false })
      if (forward === 'weaker') expect(verdict).toMatchObject({ grade: 'stronger', needsConsent: false })
      expect(items).toHaveLength(1)
      expect(await zoneOf(situation)).toEqual(after)

      const first = await undo(situation)
      expect(first.code).toBe(verdict.needsConsent ? 4 : 0)
      expect(first.out.split('\n')[0]).toBe(verdict.words)
      if (verdict.needsConsent) {
        expect(first.err).toContain('--allow-weaker "..."')
        expect(await zoneOf(situation)).toEqual(after)
        expect((await undo(situation, '--allow-weaker', 'Back to the old provider')).code).toBe(0)
        const [journal] = await dmarcDns('undo', '--list', '--json', '--journal', join(folder, situation.id)).then(
          ({ out }) => JSON.parse(out),
        )
        expect(journal).toMatchObject({ state: 'undone', undoAllowedWeaker: 'Back to the old provider' })
      }
      expect(await zoneOf(situation)).toEqual(before)
    },
  )
})
