import { german } from './german.ts'
import { germanNotes } from './german-notes.ts'
import { germanReasons } from './german-reasons.ts'
import { formTranslator } from './known-forms.ts'
import { visible } from './visible.ts'

/**
 * Every message of the app. A message is known by its English text; the other languages are tables from it, so a message
 * that is in no table does not compile.
 */
export type Message = keyof typeof german

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]
/** `pseudo`: English with accents and a third longer, to find text that is in no catalogue and text that is cut off. */
export type ShownLanguage = Language | 'pseudo'

export type Values = Readonly<Record<string, string | number>>

const tables: Record<Language, (message: string) => string | undefined> = {
  en: (message) => message,
  de: (message) => (german as Readonly<Record<string, string>>)[message],
}

let shown: ShownLanguage = 'en'

/** The language of every message from here on, in this process. */
export function setLanguage(language: ShownLanguage): void {
  shown = language
}

/** The locale for dates and numbers. */
export function locale(): string {
  return shown === 'de' ? 'de' : 'en'
}

/** A message in the language of the app. `{name}` is replaced by the value of that name; numbers are formatted. */
export function t(message: Message, values: Values = {}): string {
  return fill(translated(message), values)
}

/**
 * A message that counts. Its text has one form per plural category of its language, separated by `|`: two in English and
 * German. `{count}` is the number.
 */
export function plural(message: Message, count: number, values: Values = {}): string {
  return fill(formFor(translated(message), count, locale()), { count, ...values })
}

const filledForms: Record<Language, (text: string) => string | undefined> = {
  en: () => undefined,
  de: formTranslator({ ...germanReasons, ...germanNotes }),
}

/**
 * A text from elsewhere (a reason, a finding, the notes of a plan): translated where the catalogue has it or its form, also
 * where several such texts stand one after the other; as it is otherwise.
 */
export function translateIfKnown(text: string): string {
  if (shown === 'pseudo') return pseudo(text)
  const known = (part: string) => tables[shown as Language](part) ?? filledForms[shown as Language](part)
  const whole = known(text)
  if (whole !== undefined) return whole
  for (let end = text.indexOf('. '); end >= 0; end = text.indexOf('. ', end + 1)) {
    const head = known(text.slice(0, end + 1))
    if (head !== undefined) return `${head} ${translateIfKnown(text.slice(end + 2))}`
  }
  return text
}

/** The message with its placeholders, for texts that have elements in their middle. */
export function translated(message: Message): string {
  return shown === 'pseudo' ? pseudo(message) : (tables[shown](message) ?? message)
}

/** Picks the form of a count: the forms stand in the order of the language's plural categories. */
export function formFor(text: string, count: number, language: string): string {
  const forms = text.split('|')
  const { rules, categories } = formatsOf(language)
  return forms[categories.indexOf(rules.select(count))] ?? forms.at(-1) ?? text
}

const order = ['zero', 'one', 'two', 'few', 'many', 'other'] as const

/** Making these takes longer than using them, and a list of thousands counts in every row. */
const formats = new Map<
  string,
  { readonly rules: Intl.PluralRules; readonly categories: readonly string[]; readonly numbers: Intl.NumberFormat }
>()

function formatsOf(language: string) {
  const known = formats.get(language)
  if (known) return known
  const rules = new Intl.PluralRules(language)
  const { pluralCategories } = rules.resolvedOptions()
  const categories = order.filter((category) => pluralCategories.includes(category))
  const made = { rules, categories, numbers: new Intl.NumberFormat(language) }
  formats.set(language, made)
  return made
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name]
    if (value === undefined) return placeholder
    return typeof value === 'number' ? formatsOf(locale()).numbers.format(value) : visible(value)
  })
}

const accents: Readonly<Record<string, string>> = Object.fromEntries(
  [...'aåeéiîoöuûcçnñsšyýAÅEÉIÎOÖUÛCÇNÑSŠ'].reduce<string[][]>((pairs, letter, index, all) => {
    if (index % 2 === 0) pairs.push([letter, String(all[index + 1])])
    return pairs
  }, []),
)

/** Marks both ends, so that a cut shows, and leaves placeholders alone. */
function pseudo(text: string): string {
  return text
    .split('|')
    .map((form) => {
      const letters = form.replace(/\{\w+\}|./gsu, (part) => accents[part] ?? part)
      return `\u27e6${letters}${'~'.repeat(Math.ceil(form.length / 3))}\u27e7`
    })
    .join('|')
}
