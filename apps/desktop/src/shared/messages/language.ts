import type { Preferences } from '../preferences.ts'
import { type Language, languages } from './messages.ts'

/** The language that was chosen, or else the first of the system's that the app speaks. */
export function languageOf(chosen: Preferences['language'], ofSystem: readonly string[]): Language {
  if (chosen !== 'system') return chosen
  for (const tag of ofSystem) {
    const found = languages.find((language) => tag.toLowerCase().split('-')[0] === language)
    if (found) return found
  }
  return 'en'
}
