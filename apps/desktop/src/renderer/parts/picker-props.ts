/** One of several values, with what is called when another is chosen. */
export interface PickerProps {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly onChange: (value: string) => void
}
