const modifiers = ['Control', 'Alt', 'Shift', 'Meta']

interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

/**
 * Keys pressed together, as Electron writes shortcuts: `Control+Alt+D`. Undefined while only modifiers are down, and for
 * keys without Control, Alt or Meta, as those would be lost to every other program.
 */
export function acceleratorOf(press: KeyPress): string | undefined {
  if (modifiers.includes(press.key)) return undefined
  if (!press.ctrlKey && !press.altKey && !press.metaKey) return undefined
  // The code, not the key: with Alt or Shift held the key is often another character.
  const key = /^(?:Key([A-Z])|Digit(\d)|(F\d{1,2}))$/.exec(press.code)
  const name = key?.[1] ?? key?.[2] ?? key?.[3]
  if (!name) return undefined
  const held = [press.ctrlKey && 'Control', press.altKey && 'Alt', press.shiftKey && 'Shift', press.metaKey && 'Super']
  return [...held.filter(Boolean), name].join('+')
}
