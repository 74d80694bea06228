import { useState } from 'react'
import { t } from '../../shared/messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/fields.tsx'

/** A file with certificate authorities of one's own organization. */
export function CaFileField({ value, onSave }: { value: string; onSave: (path: string) => void }) {
  const [path, setPath] = useState(value)
  return (
    <div className="field">
      <TextField
        label={t('CA file')}
        value={path}
        onChange={setPath}
        example="/etc/ssl/certs/corp-ca.pem"
        help={t(
          'A PEM file with further certificate authorities for your server. Those of the system are always trusted.',
        )}
      />
      {path.trim() === value ? null : (
        <div className="button-row">
          <Button onPress={() => onSave(path.trim())}>{t('Save CA file')}</Button>
        </div>
      )}
    </div>
  )
}
