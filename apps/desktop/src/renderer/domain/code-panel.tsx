import { useState } from 'react'
import { cdktfCode, codeSetup, terraformCode } from '../../shared/as-code.ts'
import { t } from '../../shared/messages/messages.ts'
import type { ConnectionView, DomainSummary } from '../../shared/model.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Choices } from '../parts/fields.tsx'

const languages = [
  { value: 'terraform', label: 'Terraform' },
  { value: 'cdktf', label: 'CDKTF (TypeScript)' },
] as const

interface CodePanelProps {
  readonly domain: DomainSummary
  readonly connection: ConnectionView | undefined
  readonly severalAccounts: boolean
}

/** The domain as code, to put under version control. */
export function CodePanel({ domain, connection, severalAccounts }: CodePanelProps) {
  const [language, setLanguage] = useState<(typeof languages)[number]['value']>('terraform')
  const write = language === 'terraform' ? terraformCode : cdktfCode
  const setup = connection && codeSetup(connection)[language]
  return (
    <section className="card" aria-label={t('As code')}>
      <Choices label={t('Language')} value={language} options={languages} onChange={setLanguage} />
      <Code text={write(domain, { severalAccounts })} what={t('the code')} />
      <p className="field-help">{t('The first apply imports the domain and changes nothing.')}</p>
      {setup ? (
        <>
          <p className="field-label">{t('Once per project')}</p>
          <Code text={setup} what={t('the code for the project')} />
        </>
      ) : null}
    </section>
  )
}

function Code({ text, what }: { text: string; what: string }) {
  return (
    <div className="code">
      <CopyButton text={text} what={what} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: code that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  )
}
