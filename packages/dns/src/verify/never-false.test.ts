import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rcode } from '../../test/scripted-dns.ts'
import { type Fault, lookIn, rightRecord, says, silent, targets } from '../../test/world.ts'
import { settleCname } from './settle.ts'

const target = targets.dmarc

/** What a server can hold at the name. Only the first is a set-up. */
const contents: Record<string, string[]> = {
  right: [rightRecord],
  absent: [],
  foreign: ['_dmarc CNAME old.example.net'],
  near: [`_dmarc CNAME x${target}`],
  suffix: [`_dmarc CNAME ${target}.example.test`],
  parent: ['_dmarc CNAME dmarc.hosted.test'],
  detour: ['_dmarc CNAME a.example.test', `a CNAME ${target}`],
  loop: ['_dmarc CNAME _dmarc.example.test'],
  txt: ['_dmarc TXT v=DMARC1; p=reject; rua=mailto:in@hosted.test'],
  conflict: ['_dmarc TXT v=DMARC1; p=none', rightRecord],
  doubled: [`_dmarc.example.test CNAME ${target}`],
  wildcard: [`* CNAME ${target}`],
  address: ['_dmarc A 203.0.113.9'],
}

const forged = { name: '_dmarc.example.test', type: 'CNAME' as const, ttl: 60, data: target }

/** How a server can fail to answer. Some of them name our very target, where it must not be believed. */
const failures: Record<string, Fault> = {
  silent,
  refused: says(rcode.REFUSED),
  failed: says(rcode.SERVFAIL),
  formerr: says(rcode.FORMERR),
  lame: () => ({ aa: false, answers: [forged] }),
  wrongId: () => ({ idOffset: 1, answers: [forged] }),
  wrongQuestion: () => ({ question: { name: 'x.test', type: 'CNAME' }, answers: [forged] }),
  failedWithData: () => ({ rcode: rcode.SERVFAIL, answers: [forged] }),
  garbage: () => Buffer.from('xx'),
  otherOwner: ({ name }) => ({ answers: [{ ...forged, name: `x.${name}` }] }),
}

const content = fc.constantFrom(...Object.keys(contents))
const failure = fc.constantFrom('none', 'none', ...Object.keys(failures))
const worlds = fc.record({
  first: content,
  second: content,
  cached: content,
  ns1: failure,
  ns2: failure,
  r1: failure,
  r2: failure,
})

/** Servers that serve the CNAME beside a TXT, as some do: `conflict` needs both answers. */
const beside =
  (what: string): Fault =>
  ({ name, type }) =>
    what === 'conflict' && name === '_dmarc.example.test' && type === 'CNAME' ? { answers: [forged] } : undefined

function look(w: { first: string; second: string; cached: string; ns1: string; ns2: string; r1: string; r2: string }) {
  const fault = (failed: string, what: string): Fault => failures[failed] ?? beside(what)
  const recursorFault = (failed: string): Fault => {
    const fault = failures[failed]
    return (query) => (query.name === '_dmarc.example.test' && query.type !== 'SOA' ? fault?.(query) : undefined)
  }
  return lookIn({
    records: contents[w.first] ?? [],
    secondRecords: contents[w.second] ?? [],
    cached: contents[w.cached] ?? [],
    faults: {
      ns1: fault(w.ns1, w.first),
      ns2: fault(w.ns2, w.second),
      // A resolver is entitled to answer without the authority's flag.
      recursor1: recursorFault(w.r1 === 'lame' ? 'silent' : w.r1),
      recursor2: recursorFault(w.r2 === 'lame' ? 'silent' : w.r2),
    },
  })
}

describe('whatever the name servers and resolvers do', () => {
  it('is never verified unless every server that answers has the CNAME and nothing beside it', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (w) => {
        const verdict = await look(w)
        const answering = [w.ns1 === 'none' && w.first, w.ns2 === 'none' && w.second].filter((x) => x !== false)
        if (verdict.status !== 'verified') return
        if (verdict.vantage === 'authoritative') {
          expect(answering.length).toBeGreaterThan(0)
          expect(answering.every((what) => what === 'right')).toBe(true)
        } else {
          expect(answering).toEqual([])
          expect(w.cached).toBe('right')
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('is always verified when every server answers and has it', async () => {
    await fc.assert(
      fc.asyncProperty(content, failure, failure, async (cached, r1, r2) => {
        const verdict = await look({ first: 'right', second: 'right', cached, ns1: 'none', ns2: 'none', r1, r2 })
        expect(verdict.status).toBe('verified')
      }),
      { numRuns: 300 },
    )
  })

  it('never loses a status for want of an answer', async () => {
    const broken = fc.constantFrom(...Object.keys(failures).filter((name) => name !== 'otherOwner'))
    const statuses = fc.constantFrom('verified' as const, 'misconfigured' as const, 'awaiting_setup' as const)
    await fc.assert(
      fc.asyncProperty(worlds, broken, broken, broken, statuses, async (w, ns1, ns2, r, status) => {
        const silentResolvers = { r1: r, r2: r }
        const seen = await look({ ...w, ns1, ns2, ...silentResolvers })
        expect(seen.reason).toBe('unknown')
        expect(settleCname(seen, { status }).status).toBe(status)
      }),
      { numRuns: 300 },
    )
  })

  it('never takes verified away at once, whatever one look finds', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (w) => {
        expect(settleCname(await look(w), { status: 'verified' }).status).toBe('verified')
      }),
      { numRuns: 300 },
    )
  })
})
