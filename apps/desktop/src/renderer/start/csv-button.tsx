import { FileUp } from 'lucide-react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { t } from '../../shared/messages/messages.ts'
import { Button } from '../parts/button.tsx'

/** More than this is no list of domains. Bytes. */
const largestFile = 1_000_000

/** Reads a file that the person chooses. */
export function CsvButton({ onText }: { onText: (text: string) => void }) {
  return (
    <FileTrigger
      acceptedFileTypes={['.csv', '.txt', 'text/csv', 'text/plain']}
      onSelect={async (files) => {
        const file = files?.[0]
        if (file && file.size <= largestFile) onText(await file.text())
      }}
    >
      <Button icon={<FileUp size={16} aria-hidden="true" />}>{t('From a CSV file…')}</Button>
    </FileTrigger>
  )
}
