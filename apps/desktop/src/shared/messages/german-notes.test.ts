import { readFile } from 'node:fs/promises'
import { memoryAdapter } from '@dmarc-as-code/dns/adapters'
import { plan } from '@dmarc-as-code/dns/apply'
import { reasonText } from '@dmarc-as-code/records/reasons'
import { afterEach, expect, it } from 'vitest'
import { germanNotes } from './german-notes.ts'
import { setLanguage, translateIfKnown } from './messages.ts'

afterEach(() => setLanguage('en'))

const txt = (name: string) => ({ name, type: 'TXT', ttl: 60, values: ['"v=DMARC1; p=none"'] })
const wanted = [{ name: '_dmarc.a.example', type: 'CNAME' as const, value: 'k.hosted.example' }]

it('the notes that the engine makes are in German', async () => {
  setLanguage('de')
  const zones = { 'a.example': [txt('*.a.example')] }
  const [listed] = (await plan(wanted, memoryAdapter({ zones }), { delegation: async () => [] })).items
  const replaced = memoryAdapter({
    zones: { 'a.example': [txt('_dmarc.a.example')] },
    abilities: { canReplaceAtomically: false },
  })
  const [gap] = (await plan(wanted, replaced, { conflict: 'replace' })).items
  const notes = [...(listed?.notes ?? []), ...(gap?.notes ?? [])]
  expect(notes).toHaveLength(3)
  for (const note of notes) expect(translateIfKnown(note)).not.toBe(note)
})

it('a reason, what to do and a note are translated one after the other, and what is not known stays', () => {
  setLanguage('de')
  const context = {
    name: 'a.example',
    zone: 'a.example',
    nameServers: 'ns.b.example',
    holders: 'ns.c.example',
    target: 'k.example',
  }
  const { explanation, fix } = reasonText('plan', 'zone-not-delegated', context)
  const [note = '', german = ''] =
    Object.entries(germanNotes).find(([text]) => text.startsWith('This server is PowerDNS')) ?? []
  const parts = [translateIfKnown(explanation), translateIfKnown(fix), german]
  expect(parts).not.toContain(explanation)
  expect(parts).not.toContain(fix)
  expect(translateIfKnown([explanation, fix, note, 'Something else.'].join(' '))).toBe(
    [...parts, 'Something else.'].join(' '),
  )
})

it('the notes of single services are those that their adapters give', async () => {
  const adapters = ['rfc2136', 'powerdns'].map(
    (service) => new URL(`${service}/adapter.ts`, import.meta.resolve('@dmarc-as-code/dns/adapters')),
  )
  const sources = (await Promise.all(adapters.map((file) => readFile(file, 'utf8')))).join()
  const theirs = Object.keys(germanNotes).filter((text) => text.includes('PowerDNS'))
  expect(theirs).toHaveLength(3)
  for (const part of theirs.flatMap((text) => text.split(/\{\w+\}/))) expect(sources).toContain(part)
})
