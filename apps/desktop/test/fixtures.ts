import type { DomainState, DomainSummary, RecordView } from '../src/shared/model.ts'

/** A domain for tests; `address` decides its id, so that lists stay readable. */
export function domain(
  address: string,
  state: DomainState = 'ready',
  more: Partial<DomainSummary> = {},
): DomainSummary {
  const domainId = more.domainId ?? [...address].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e6, 7)
  return {
    connectionId: 'c1',
    accountId: 1,
    domainId,
    key: `c1/1/${domainId}`,
    address,
    title: address,
    slug: address.replaceAll('.', '-'),
    tags: [],
    hostedDmarc: true,
    hostedMtaSts: false,
    parked: false,
    state,
    records: [record(address, state)],
    ...more,
  }
}

const statusOf: Partial<Record<DomainState, string>> = {
  attention: 'awaiting_setup',
  working: 'verified',
  ready: 'verified',
}

/** The DMARC record of such a domain, consistent with its state. */
export function record(address: string, state: DomainState, more: Partial<RecordView> = {}): RecordView {
  const status = statusOf[state]
  return {
    kind: 'dmarc',
    name: `_dmarc.${address}`,
    state,
    why: 'It is so.',
    ...(state === 'unhosted' ? {} : { expected: 'key.dmarc.hosted.example' }),
    ...(status ? { status } : {}),
    ...(state === 'working' ? { txt: 'queued' } : {}),
    ...more,
  }
}
