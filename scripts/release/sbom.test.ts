import { describe, expect, it } from 'vitest'
import { sbomOf } from './sbom.ts'

describe('the bill of materials', () => {
  const bom = sbomOf('@dmarc-as-code/client') as {
    bomFormat: string
    metadata: { component: { purl: string } }
    components: { purl: string; licenses?: unknown[] }[]
  }

  it('is about the package, in CycloneDX', () => {
    expect(bom.bomFormat).toBe('CycloneDX')
    expect(bom.metadata.component.purl).toMatch(/^pkg:npm\/%40dmarc-as-code\/client@/)
  })

  it('names what the package has at run time, with licences, and nothing that only builds it', () => {
    const names = bom.components.map(({ purl }) => purl.replace(/@[^@]*$/, ''))
    expect(names).toContain('pkg:npm/%40dmarc-as-code/records')
    expect(names).not.toContain('pkg:npm/typescript')
    expect(bom.components.filter(({ licenses }) => !licenses?.length)).toEqual([])
  })

  it('is refused for a package that is not there', () => {
    expect(() => sbomOf('@dmarc-as-code/none')).toThrow()
  })
})
