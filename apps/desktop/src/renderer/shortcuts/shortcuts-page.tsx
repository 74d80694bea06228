import { t } from '../../shared/messages/messages.ts'
import { PageFrame } from '../parts/page-frame.tsx'

/** Every key that does something, so that nobody has to guess. */
export function ShortcutsPage({ onBack }: { onBack: () => void }) {
  return (
    <PageFrame title={t('Keyboard shortcuts')} onBack={onBack}>
      <dl className="card shortcuts">
        {shortcuts().map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </PageFrame>
  )
}

const shortcuts = (): readonly (readonly [keys: readonly string[], what: string])[] => [
  [['Ctrl', 'K'], t('Go to a domain or page')],
  [['Ctrl', 'F'], t('Search the list')],
  [['Ctrl', 'R'], t('Check everything now')],
  [['Ctrl', 'N'], t('Add domains')],
  [['\u2191', '\u2193'], t('Move through the list')],
  [['Enter'], t('Open the domain')],
  [['Shift', 'F10'], t('What can be done with the domain')],
  [['Alt', '\u2190'], t('Back')],
  [['Esc'], t('Back; in the list: close the window')],
  [['Ctrl', '+'], t('Larger text')],
  [['Ctrl', '-'], t('Smaller text')],
  [['Ctrl', '0'], t('Normal size')],
  [['?'], t('This list')],
]
