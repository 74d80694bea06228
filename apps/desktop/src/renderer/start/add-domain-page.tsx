import { parseDomainName } from '@dmarc-as-code/records'
import { useMemo, useRef, useState } from 'react'
import { Form } from 'react-aria-components/Form'
import type { AppState } from '../../shared/contract/app-state.ts'
import { plural, t, translateIfKnown } from '../../shared/messages/messages.ts'
import { type AddedDomain, readDomainList } from '../../shared/new-domains.ts'
import { accountKey, accountTitle } from '../../shared/select.ts'
import { checkPolicy } from '../domain/mta-sts-form.tsx'
import { Button } from '../parts/button.tsx'
import { Checkbox, TextField } from '../parts/fields.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { Picker } from '../parts/picker.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'
import type { Page } from '../state/navigation.ts'
import { AddResults } from './add-results.tsx'
import { CsvButton } from './csv-button.tsx'

export interface AddDomainPageProps {
  readonly state: AppState
  readonly onGo: (page: Page) => void
  readonly onBack: () => void
}

/** Adds one domain or many: typed, pasted, or from a CSV file. Their mail hosts are looked up. */
export function AddDomainPage({ state, onGo, onBack }: AddDomainPageProps) {
  const [text, setText] = useState('')
  const [account, setAccount] = useState('')
  const [parked, setParked] = useState(false)
  const [hostDmarc, setHostDmarc] = useState(true)
  const [hostMtaSts, setHostMtaSts] = useState(false)
  const [failureReports, setFailureReports] = useState(false)
  const [tags, setTags] = useState('')
  const [results, setResults] = useState<readonly AddedDomain[]>()
  const add = useRequest('addDomains')
  const lines = useMemo(() => readDomainList(text), [text])
  const good = lines.flatMap(({ address, parked: own }) => (address ? [{ address, parked: own || parked }] : []))
  const bad = lines.filter(({ problem }) => problem !== undefined)
  const target = state.accounts.find((each) => accountKey(each) === account) ?? state.accounts[0]
  const receiving = good.filter((line) => !line.parked).map(({ address }) => address)
  const wantsMtaSts = hostMtaSts && receiving.length > 0
  const hosts = useMailHosts(target?.connectionId)
  const mxOf = (address: string) => hosts.of(address)
  const [single] = good
  const isSingle = lines.length === 1 && single !== undefined
  const mxError =
    wantsMtaSts && isSingle && mxOf(single.address).join('') !== ''
      ? checkPolicy('testing', mxOf(single.address).join(', '), '7').errors[0]?.message
      : undefined
  const isReady =
    target &&
    good.length > 0 &&
    bad.length === 0 &&
    !mxError &&
    (!wantsMtaSts || !isSingle || mxOf(single.address).length > 0)

  const submit = async () => {
    if (!isReady || !target) return
    const { connectionId, accountId } = target
    const answer = await add.send({
      connectionId,
      accountId,
      domains: good.map((line) => ({ ...line, mx: wantsMtaSts && !line.parked ? mxOf(line.address) : [] })),
      hostDmarc,
      hostMtaSts: wantsMtaSts,
      failureReports,
      tags: tags.split(',').flatMap((tag) => (tag.trim() ? [tag.trim()] : [])),
    })
    if (!answer.ok) return
    const [only, ...others] = answer.value
    if (only?.key && others.length === 0) onGo({ name: 'domain', key: only.key })
    else setResults(answer.value)
  }

  if (results)
    return (
      <AddResults
        results={results}
        onGo={onGo}
        onBack={onBack}
        onAgain={(failed) => {
          setText(failed.join('\n'))
          setResults(undefined)
        }}
      />
    )
  return (
    <PageFrame title={t('Add domains')} onBack={onBack}>
      <Form
        className="form card"
        aria-label={t('Add domains')}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextField
          label={t('Domain names')}
          value={text}
          onChange={setText}
          required
          long
          autoFocus
          example="example.com"
          error={bad[0] ? `${bad[0].text}: ${translateIfKnown(bad[0].problem ?? '')}` : undefined}
          help={helpOf(
            good.map(({ address }) => address),
            lines[0]?.text,
          )}
        />
        <div className="button-row">
          <CsvButton onText={(csv) => setText([text, csv].filter(Boolean).join('\n'))} />
          {bad.length > 0 && good.length > 0 ? (
            <Button
              kind="quiet"
              onPress={() => setText(lines.flatMap(({ address, text: line }) => (address ? [line] : [])).join('\n'))}
            >
              {plural('Leave out {count} line|Leave out {count} lines', bad.length)}
            </Button>
          ) : null}
        </div>
        {state.accounts.length > 1 && target ? (
          <div className="field">
            <span className="field-label" aria-hidden="true">
              {t('Account')}
            </span>
            <Picker
              label={t('Account')}
              value={accountKey(target)}
              options={state.accounts.map((each) => [accountKey(each), accountTitle(each, state.connections)] as const)}
              onChange={setAccount}
            />
          </div>
        ) : null}
        <Checkbox selected={parked} onChange={setParked}>
          {t('Parked: sends and receives no mail')}
        </Checkbox>
        <Checkbox selected={hostDmarc} onChange={setHostDmarc}>
          {t('Host the DMARC record, beginning with what is live')}
        </Checkbox>
        <Checkbox
          selected={wantsMtaSts}
          disabled={good.length > 0 && receiving.length === 0}
          onChange={(on) => {
            setHostMtaSts(on)
            if (on && receiving.length > 0) void hosts.lookUp(receiving)
          }}
        >
          {t('Host the MTA-STS policy and TLS reports')}
        </Checkbox>
        {wantsMtaSts ? (
          isSingle ? (
            <TextField
              label={t('Mail hosts')}
              value={hosts.text(single.address)}
              onChange={(value) => hosts.set(single.address, value)}
              required
              error={mxError}
              example="mx1.example.com, mx2.example.com"
              help={hosts.busy ? t('Looking up the MX records…') : t('From its MX records; separated by commas.')}
            />
          ) : (
            <MailHostList addresses={receiving} hosts={hosts} />
          )
        ) : null}
        <Checkbox selected={failureReports} onChange={setFailureReports}>
          {t('Receive failure reports as well')}
        </Checkbox>
        <TextField label={t('Tags')} value={tags} onChange={setTags} help={t('Separated by commas.')} />
        {add.problem ? <ProblemCard problem={add.problem} /> : null}
        <div className="button-row">
          <Button kind="primary" type="submit" busy={add.busy} disabled={!isReady}>
            {good.length > 1 ? plural('Add {count} domain|Add {count} domains', good.length) : t('Add')}
          </Button>
          <Button kind="quiet" onPress={onBack}>
            {t('Cancel')}
          </Button>
        </div>
      </Form>
    </PageFrame>
  )
}

function helpOf(addresses: readonly string[], typed: string | undefined): string {
  const [only, ...others] = addresses
  if (others.length > 0) return plural('{count} domain|{count} domains', addresses.length)
  const name = parseDomainName(typed ?? '')
  return only && name.ok && name.ascii !== name.unicode
    ? t('In DNS: {name}', { name: name.ascii })
    : t('The part of your email addresses after the @. One per line, or pasted from a table.')
}

/** The mail hosts of each address: looked up, and as the person has changed them. */
function useMailHosts(connectionId: string | undefined) {
  const request = useRequest('lookUpMx')
  const [found, setFound] = useState<Readonly<Record<string, readonly string[] | null>>>({})
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const asked = useRef(new Set<string>())
  const text = (address: string) => typed[address] ?? (found[address] ?? []).join(', ')
  return {
    busy: request.busy,
    found,
    text,
    of: (address: string) =>
      text(address)
        .split(',')
        .flatMap((host) => (host.trim() ? [host.trim()] : [])),
    set: (address: string, value: string) => setTyped({ ...typed, [address]: value }),
    lookUp: async (addresses: readonly string[]) => {
      const open = addresses.filter((address) => !asked.current.has(address))
      if (open.length === 0 || connectionId === undefined) return
      for (const address of open) asked.current.add(address)
      const answer = await request.send({ connectionId, addresses: open })
      if (answer.ok) setFound((before) => ({ ...before, ...answer.value }))
    },
  }
}

/** What was looked up for many. Those without hosts are added all the same, without a policy. */
function MailHostList({ addresses, hosts }: { addresses: readonly string[]; hosts: ReturnType<typeof useMailHosts> }) {
  if (hosts.busy) return <p className="muted">{t('Looking up the MX records…')}</p>
  return (
    <ul className="mail-hosts" aria-label={t('Mail hosts')}>
      {addresses.map((address) => (
        <li key={address}>
          <span>{address}</span>{' '}
          <span className="muted mono">
            {hosts.text(address) ||
              (hosts.found[address] === null
                ? t('could not be looked up; added without a policy')
                : t('no MX record; added without a policy'))}
          </span>
        </li>
      ))}
    </ul>
  )
}
