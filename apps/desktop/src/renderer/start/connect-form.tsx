import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure'
import { Form } from 'react-aria-components/Form'
import { t } from '../../shared/messages/messages.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import { Button } from '../parts/button.tsx'
import { Choices, TextField } from '../parts/fields.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'

const vendor = 'https://api.dmarcreport.com'

/** Connects a service. The token is tried before it is kept. */
export function ConnectForm({ onDone }: { onDone?: () => void }) {
  const [kind, setKind] = useState<'vendor' | 'self-hosted'>('vendor')
  const [address, setAddress] = useState('')
  const [token, setToken] = useState('')
  const [stubZones, setStubZones] = useState('')
  const add = useRequest('addConnection')
  const help = useRequest('openHelp')
  /** The form cannot be sent while a field counts as wrong, so an error goes with the value that it is about. */
  const change = (set: (value: string) => void) => (value: string) => {
    add.dismiss()
    set(value)
  }
  const errorOf = (code: ProblemCode) => (add.problem?.code === code ? add.problem.explanation : undefined)
  const isFieldError = add.problem?.code === 'address-not-valid' || add.problem?.code === 'zones-not-valid'
  const baseUrl = kind === 'vendor' ? vendor : address
  return (
    <Form
      className="form"
      aria-label={t('Connect a service')}
      onSubmit={async (event) => {
        event.preventDefault()
        const title = kind === 'vendor' ? 'DMARC Report' : address.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
        const done = await add.send({ kind, title: title || t('My server'), baseUrl, token, stubZones })
        if (!done.ok) return
        setToken('')
        onDone?.()
      }}
    >
      <Choices
        label={t('Service')}
        value={kind}
        options={[
          { value: 'vendor', label: 'DMARC Report', help: t('The service at dmarcreport.com.') },
          {
            value: 'self-hosted',
            label: t('Self-hosted server'),
            help: t('A server that implements the same API.'),
          },
        ]}
        onChange={setKind}
      />
      {kind === 'self-hosted' ? (
        <TextField
          label={t('Address')}
          value={address}
          onChange={change(setAddress)}
          required
          example="https://dmarc.example.com"
          error={errorOf('address-not-valid')}
        />
      ) : null}
      <TextField
        label={t('API token')}
        value={token}
        onChange={setToken}
        secret
        required
        help={t('Stored only in the password store of this computer.')}
      />
      {kind === 'vendor' ? null : (
        <Disclosure className="disclosure">
          <AriaButton slot="trigger" className="button quiet">
            {t('Name servers for private zones')}
          </AriaButton>
          <DisclosurePanel>
            <TextField
              label={t('Zones and name servers')}
              value={stubZones}
              onChange={change(setStubZones)}
              long
              example="corp.example=10.0.0.53:53"
              help={t('For zones that are not in public DNS, one per line.')}
              error={errorOf('zones-not-valid')}
            />
          </DisclosurePanel>
        </Disclosure>
      )}
      {add.problem && !isFieldError ? <ProblemCard problem={add.problem} /> : null}
      <div className="button-row">
        <Button kind="primary" type="submit" busy={add.busy} disabled={token.trim() === '' || baseUrl.trim() === ''}>
          {t('Connect')}
        </Button>
        {kind === 'vendor' ? (
          <Button kind="quiet" onPress={() => void help.send({ topic: 'tokens' })}>
            {t('Where is my token?')}
          </Button>
        ) : null}
      </div>
    </Form>
  )
}
