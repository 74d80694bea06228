import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { Switch as AriaSwitch } from 'react-aria-components/Switch'
import { Text } from 'react-aria-components/Text'
import { TextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import { CheckMark } from './check-mark.tsx'
import { Message } from './message.tsx'

interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly secret?: boolean
  readonly long?: boolean
  readonly required?: boolean
  readonly example?: string | undefined
  readonly help?: ReactNode
  /** Shown in place of the help, and read out, when the value cannot be used. */
  readonly error?: string | undefined
  readonly autoFocus?: boolean
}

export function TextField({
  label,
  value,
  onChange,
  secret = false,
  long = false,
  required = false,
  example,
  help,
  error,
  autoFocus = false,
}: TextFieldProps) {
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      isRequired={required}
      isInvalid={error !== undefined}
      type={secret ? 'password' : 'text'}
      autoComplete="off"
      autoFocus={autoFocus}
    >
      <Label>{label}</Label>
      {long ? (
        <TextArea rows={3} spellCheck={false} placeholder={example ?? ''} />
      ) : (
        <Input spellCheck={false} placeholder={example ?? ''} />
      )}
      {error !== undefined ? (
        <Text slot="errorMessage" className="field-error">
          <Message text={error} />
        </Text>
      ) : help ? (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      ) : null}
    </AriaTextField>
  )
}

export function Switch({
  children,
  selected,
  onChange,
  disabled = false,
  help,
}: {
  children: ReactNode
  selected: boolean
  onChange: (on: boolean) => void
  disabled?: boolean
  help?: string
}) {
  return (
    <div className="switch-row">
      <AriaSwitch className="switch" isSelected={selected} onChange={onChange} isDisabled={disabled}>
        <span className="switch-track" aria-hidden="true" />
        <span>{children}</span>
      </AriaSwitch>
      {help ? <p className="field-help">{help}</p> : null}
    </div>
  )
}

export function Checkbox({
  children,
  selected,
  onChange,
  disabled = false,
}: {
  children: ReactNode
  selected: boolean
  onChange: (on: boolean) => void
  disabled?: boolean
}) {
  return (
    <AriaCheckbox className="checkbox" isSelected={selected} onChange={onChange} isDisabled={disabled}>
      <span className="checkbox-box" aria-hidden="true">
        <CheckMark />
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  )
}

interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly help?: string
}

/** A few options side by side, one chosen. */
export function Choices<Value extends string>({
  label,
  value,
  options,
  onChange,
  disabled = false,
}: {
  label: string
  value: Value
  options: readonly Choice<Value>[]
  onChange: (value: Value) => void
  disabled?: boolean
}) {
  const chosen = options.find((option) => option.value === value)
  return (
    <RadioGroup className="choices" value={value} onChange={(next) => onChange(next as Value)} isDisabled={disabled}>
      <Label>{label}</Label>
      <div className="choices-row">
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="choice">
            {option.label}
          </Radio>
        ))}
      </div>
      {chosen?.help ? <p className="field-help">{chosen.help}</p> : null}
    </RadioGroup>
  )
}

/** Options that need a line of explanation each, one below the other. */
export function RadioCards<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: Value
  options: readonly { readonly value: Value; readonly label: string; readonly help: string }[]
  onChange: (value: Value) => void
}) {
  return (
    <RadioGroup className="radio-cards" value={value} onChange={(next) => onChange(next as Value)}>
      <Label className="field-label">{label}</Label>
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className="radio-card">
          <span className="radio-dot" aria-hidden="true" />
          <span>
            <strong>{option.label}</strong> <span className="muted">{option.help}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  )
}
