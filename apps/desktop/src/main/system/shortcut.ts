import type { GlobalShortcut } from 'electron'
import { ProblemError } from '../../shared/problems.ts'

/** Sets the one global shortcut, replacing the last. Fails when another program has it, or it is none. */
export function setShortcut(shortcuts: GlobalShortcut, accelerator: string, onPress: () => void): void {
  shortcuts.unregisterAll()
  if (accelerator === '') return
  let taken = false
  try {
    taken = !shortcuts.register(accelerator, onPress)
  } catch {
    throw new ProblemError(
      'refused',
      `"${accelerator}" is not a valid shortcut. Enter one such as CommandOrControl+Shift+D.`,
    )
  }
  if (taken)
    throw new ProblemError('refused', `The shortcut ${accelerator} is used by another program. Choose another one.`)
}
