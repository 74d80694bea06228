import { Suspense, useRef, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { PickerOptions } from './lazy-picker-options.ts'
import type { PickerProps } from './picker-props.ts'

/** One of several values, as a button that shows it. The list of them exists only while it is open. */
export function Picker({ label, value, options, onChange }: PickerProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const shown = options.find(([id]) => id === value)?.[1] ?? value
  return (
    <div className="picker">
      <Button
        ref={button}
        className="picker-button"
        aria-label={`${label}: ${shown}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPress={() => setOpen(true)}
        onKeyDown={({ key }) => {
          if (key === 'ArrowDown' || key === 'ArrowUp') setOpen(true)
        }}
      >
        <span>{shown}</span>
        <span aria-hidden="true" className="caret" />
      </Button>
      {isOpen ? (
        <Suspense>
          <PickerOptions
            button={button}
            label={label}
            value={value}
            options={options}
            onChange={onChange}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
