import type { RefObject } from 'react'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import type { PickerProps } from './picker-props.ts'

export interface PickerOptionsProps extends PickerProps {
  readonly button: RefObject<HTMLButtonElement | null>
  readonly onClose: () => void
}

/** The values of a picker, below its button. */
export function PickerOptions({ button, label, value, options, onChange, onClose }: PickerOptionsProps) {
  return (
    <Popover
      className="popover"
      triggerRef={button}
      isOpen
      placement="bottom start"
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Menu
        className="options"
        aria-label={label}
        autoFocus
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onAction={(id) => {
          onClose()
          if (id !== value) onChange(String(id))
        }}
        onClose={onClose}
      >
        {options.map(([id, title]) => (
          <MenuItem key={id} id={id} textValue={title} className="option">
            {title}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  )
}
