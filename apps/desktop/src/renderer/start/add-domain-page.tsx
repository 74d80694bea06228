import { parseDomainName } from '@dmarc-as-code/records'
import { useState } from 'react'
import { Form } from 'react-aria-components/Form'
import type { AppState } from '../../shared/contract/app-state.ts'
import { accountKey, accountTitle } from '../../shared/select.ts'
import { checkPolicy } from '../domain/mta-sts-form.tsx'
import { Picker } from '../overview/filters.tsx'
import { Button } from '../parts/button.tsx'
import { Checkbox, TextField } from '../parts/fields.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'
import type { Page } from '../state/navigation.ts'

export function AddDomainPage({
  state,
  onGo,
  onBack,
}: {
  state: AppState
  onGo: (page: Page) => void
  onBack: () => void
}) {
  const [address, setAddress] = useState('')
  const [account, setAccount] = useState('')
  const [parked, setParked] = useState(false)
  const [hostDmarc, setHostDmarc] = useState(true)
  const [hostMtaSts, setHostMtaSts] = useState(false)
  const [mx, setMx] = useState('')
  const add = useRequest('addDomain')
  const name = address.trim() === '' ? undefined : parseDomainName(address)
  const target = state.accounts.find((each) => accountKey(each) === account) ?? state.accounts[0]
  const wantsMtaSts = hostMtaSts && !parked
  const mxError = wantsMtaSts && mx !== '' ? checkPolicy('testing', mx, '7').errors[0]?.message : undefined
  const ready = name?.ok && target && (!wantsMtaSts || (mx.trim() !== '' && !mxError))

  return (
    <PageFrame title="Add a domain" onBack={onBack}>
      <Form
        className="form card"
        aria-label="Add a domain"
        onSubmit={async (event) => {
          event.preventDefault()
          if (!ready || !target) return
          const hosts = wantsMtaSts ? mx.split(',').map((host) => host.trim()) : []
          const { connectionId, accountId } = target
          const added = await add.send({
            connectionId,
            accountId,
            address,
            parked,
            hostDmarc,
            hostMtaSts: wantsMtaSts,
            mx: hosts.filter(Boolean),
          })
          if (added.ok) onGo({ name: 'domain', key: added.value.key })
        }}
      >
        <TextField
          label="Domain"
          value={address}
          onChange={setAddress}
          required
          autoFocus
          example="example.com"
          error={name && !name.ok ? name.finding.message : undefined}
          help={
            name?.ok && name.ascii !== name.unicode
              ? `In DNS: ${name.ascii}`
              : 'The part of your email addresses after the @.'
          }
        />
        {state.accounts.length > 1 && target ? (
          <div className="field">
            <span className="field-label" aria-hidden="true">
              Account
            </span>
            <Picker
              label="Account"
              value={accountKey(target)}
              options={state.accounts.map((each) => [accountKey(each), accountTitle(each, state.connections)] as const)}
              onChange={setAccount}
            />
          </div>
        ) : null}
        <Checkbox selected={parked} onChange={setParked}>
          Parked: sends and receives no mail
        </Checkbox>
        <Checkbox selected={hostDmarc} onChange={setHostDmarc}>
          Host the DMARC record
        </Checkbox>
        <Checkbox selected={wantsMtaSts} disabled={parked} onChange={setHostMtaSts}>
          Host the MTA-STS policy and TLS reports
        </Checkbox>
        {wantsMtaSts ? (
          <TextField
            label="Mail hosts"
            value={mx}
            onChange={setMx}
            required
            error={mxError}
            example="mx1.example.com, mx2.example.com"
            help="The hosts in its MX records, separated by commas."
          />
        ) : null}
        {add.problem ? <ProblemCard problem={add.problem} /> : null}
        <div className="button-row">
          <Button kind="primary" type="submit" busy={add.busy} disabled={!ready}>
            Add
          </Button>
          <Button kind="quiet" onPress={onBack}>
            Cancel
          </Button>
        </div>
      </Form>
    </PageFrame>
  )
}
