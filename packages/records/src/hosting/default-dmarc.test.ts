import { describe, expect, it } from 'vitest'
import { formatDmarc } from '../dmarc/format.ts'
import { defaultDmarc } from './default-dmarc.ts'
import { validateHostedDmarcConfig } from './dmarc-config.ts'

const addresses = { rua: ['mailto:k1.a@reports.example'], ruf: ['mailto:k1.f@reports.example'] }

describe('defaultDmarc', () => {
  it('changes nothing but the reports for a domain that sends', () => {
    expect(formatDmarc(defaultDmarc(addresses))).toBe(
      'v=DMARC1; p=none; fo=1; rua=mailto:k1.a@reports.example; ruf=mailto:k1.f@reports.example',
    )
  })

  it('rejects everything for a parked domain, and satisfies the parked rules', () => {
    const text = formatDmarc(defaultDmarc({ rua: addresses.rua, parked: true }))
    expect(text).toBe('v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:k1.a@reports.example')
    expect(validateHostedDmarcConfig(text, text, { parked: true }).ok).toBe(true)
  })
})
