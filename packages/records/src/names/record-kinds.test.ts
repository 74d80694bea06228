import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  byRecordKind,
  type HostedServiceName,
  hostedServiceNames,
  kindOfName,
  kindOfWireWord,
  kindsOfService,
  type RecordKind,
  recordKinds,
  recordKindTable,
  type WireRecord,
  wireRecords,
} from './record-kinds.ts'

describe('the table of record kinds', () => {
  it('gives every list in the order of the table', () => {
    expect(recordKinds).toEqual(['dmarc', 'mta_sts_policy', 'mta_sts_id', 'tls_rpt'])
    expect(wireRecords).toEqual(['dmarc', 'policy', 'mta_sts', 'tls_rpt'])
    expect(hostedServiceNames).toEqual(['hosted_dmarc', 'hosted_mta_sts'])
    expect(hostedServiceNames.flatMap(kindsOfService)).toEqual(recordKinds)
  })

  it('gives types that know each word', () => {
    expectTypeOf<RecordKind>().toEqualTypeOf<'dmarc' | 'mta_sts_policy' | 'mta_sts_id' | 'tls_rpt'>()
    expectTypeOf<WireRecord>().toEqualTypeOf<'dmarc' | 'policy' | 'mta_sts' | 'tls_rpt'>()
    expectTypeOf<HostedServiceName>().toEqualTypeOf<'hosted_dmarc' | 'hosted_mta_sts'>()
  })

  it('has nothing twice that must tell kinds apart', () => {
    for (const column of ['title', 'prefix', 'wireWord', 'targetLabel'] as const) {
      expect(new Set(recordKinds.map((kind) => recordKindTable[kind][column])).size).toBe(recordKinds.length)
    }
  })
})

describe('a kind is found', () => {
  it('by the word of the API', () => {
    expect(wireRecords.map(kindOfWireWord)).toEqual(recordKinds)
  })

  it('by the name of its record, absolute or relative, in any letter case', () => {
    const relative = byRecordKind((_, { prefix }) => kindOfName(prefix))
    const absolute = byRecordKind((_, { prefix }) => kindOfName(`${prefix}.example.com`.toUpperCase()))
    expect(relative).toEqual(byRecordKind((kind) => kind))
    expect(absolute).toEqual(relative)
  })

  it('for no other name', () => {
    const others = ['', 'example.com', '_dmarcs.example.com', 'x._dmarc.example.com', '_tls.example.com', 'mta-sts2.a']
    expect(others.map(kindOfName)).toEqual(others.map(() => undefined))
  })
})
