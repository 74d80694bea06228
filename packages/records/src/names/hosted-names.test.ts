import { describe, expect, it } from 'vitest'
import { hostedNames, hostingFault } from './hosted-names.ts'

describe('hostedNames', () => {
  it('names the four records of a domain', () => {
    expect(hostedNames('example.com')).toEqual({
      dmarc: '_dmarc.example.com',
      mta_sts_policy: 'mta-sts.example.com',
      mta_sts_id: '_mta-sts.example.com',
      tls_rpt: '_smtp._tls.example.com',
    })
  })

  it('takes international names and final dots', () => {
    expect(hostedNames('Bücher.example.').dmarc).toBe('_dmarc.xn--bcher-kva.example')
  })

  it('fails on what is no domain name', () => {
    expect(() => hostedNames('192.0.2.1')).toThrow(/IP address/)
  })
})

describe('hostingFault', () => {
  const ofLength = (length: number) => `${'a.'.repeat(length).slice(0, length - 4)}a.io`.slice(-length)

  it('lets a domain of 242 characters be hosted and refuses one of 243', () => {
    expect(ofLength(242)).toHaveLength(242)
    expect(hostingFault(ofLength(242))).toBeUndefined()
    expect(hostingFault(ofLength(243))).toMatchObject({ code: 'domain-long-to-host', severity: 'error' })
  })
})
