import { Download, RefreshCw, Server, Tag as TagIcon } from 'lucide-react'
import { useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { Button } from '../parts/button.tsx'
import { ConfirmInCode } from '../parts/confirm-in-code.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { TagEditor } from '../parts/tag-editor.tsx'
import { useRequest } from '../state/bridge.ts'

export interface SelectionBarProps {
  readonly state: AppState
  readonly selected: ReadonlySet<string>
  readonly shown: readonly DomainSummary[]
  readonly applying: boolean
  readonly onApply: (keys: readonly string[]) => Promise<void>
  readonly onSelectAll: () => void
  readonly onDone: () => void
}

/** What can be done with several domains at once. */
export function SelectionBar({ state, selected, shown, applying, onApply, onSelectAll, onDone }: SelectionBarProps) {
  const verify = useRequest('verifyDomains')
  const host = useRequest('hostDomains')
  const csv = useRequest('exportCsv')
  const [tagging, setTagging] = useState(false)
  const [asksToHost, setAsksToHost] = useState(false)
  const keys = [...selected]
  const none = keys.length === 0
  const domains = state.domains.filter(({ key }) => selected.has(key))
  const unhosted = domains.filter(({ hostedDmarc }) => !hostedDmarc)
  const hostAll = () => {
    setAsksToHost(false)
    void host.send({ keys: unhosted.map(({ key }) => key) })
  }
  const problem = verify.problem ?? host.problem ?? csv.problem
  return (
    <>
      {problem ? <ProblemCard problem={problem} /> : null}
      {tagging ? <TagEditor domains={domains} known={state.domains} onDone={() => setTagging(false)} /> : null}
      {asksToHost ? (
        <ConfirmInCode
          title={plural('Host DMARC for {count} domain?|Host DMARC for {count} domains?', unhosted.length)}
          domains={unhosted}
          busy={host.busy}
          onConfirm={hostAll}
          onCancel={() => setAsksToHost(false)}
        />
      ) : null}
      <Button kind="primary" disabled={none} busy={applying} onPress={() => void onApply(keys)}>
        {plural('Apply CNAMEs of {count} domain|Apply CNAMEs of {count} domains', keys.length)}
      </Button>
      <Button
        icon={<RefreshCw size={16} aria-hidden="true" />}
        disabled={none}
        busy={verify.busy}
        onPress={() => void verify.send({ keys })}
      >
        {t('Verify')}
      </Button>
      <Button
        icon={<Server size={16} aria-hidden="true" />}
        disabled={unhosted.length === 0}
        busy={host.busy}
        onPress={() => (unhosted.some(({ managedBy }) => managedBy) ? setAsksToHost(true) : hostAll())}
      >
        {t('Host DMARC')}
      </Button>
      <Button icon={<TagIcon size={16} aria-hidden="true" />} disabled={none} onPress={() => setTagging(!tagging)}>
        {t('Tag…')}
      </Button>
      <Button
        icon={<Download size={16} aria-hidden="true" />}
        disabled={none}
        busy={csv.busy}
        onPress={() => void csv.send({ keys })}
      >
        {t('Export CSV…')}
      </Button>
      <Button kind="quiet" autoFocus onPress={onSelectAll}>
        {plural('Select all {count}|Select all {count}', shown.length)}
      </Button>
      <Button kind="quiet" onPress={onDone}>
        {t('Cancel')}
      </Button>
    </>
  )
}
