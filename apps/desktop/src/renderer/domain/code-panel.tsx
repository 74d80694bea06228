import { useState } from 'react'
import { cdktfCode, terraformCode } from '../../shared/as-code.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Choices } from '../parts/fields.tsx'

const languages = [
  { value: 'terraform', label: 'Terraform' },
  { value: 'cdktf', label: 'CDKTF (TypeScript)' },
] as const

/** The domain as code, to put under version control. */
export function CodePanel({ domain }: { domain: DomainSummary }) {
  const [language, setLanguage] = useState<(typeof languages)[number]['value']>('terraform')
  const code = language === 'terraform' ? terraformCode(domain) : cdktfCode(domain)
  return (
    <section className="card" aria-label="As code">
      <Choices label="Language" value={language} options={languages} onChange={setLanguage} />
      <div className="code">
        <CopyButton text={code} what="the code" />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: code that scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>{code}</pre>
      </div>
    </section>
  )
}
