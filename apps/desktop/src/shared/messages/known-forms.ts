/**
 * Translates texts that are filled in already: the table has their forms, with `{name}` in the place of each value. A value
 * that is a known text of its own is translated as well. Undefined for a text of no known form.
 */
export function formTranslator(table: Readonly<Record<string, string>>): (text: string) => string | undefined {
  let forms: readonly Form[] | undefined
  const translate = (text: string): string | undefined => {
    if (Object.hasOwn(table, text)) return table[text]
    // Made on first use: an app in English needs none of it.
    forms ??= toForms(table)
    for (const { pattern, names, translated } of forms) {
      const found = pattern.exec(text)
      if (!found) continue
      const values = Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']))
      // A value does not reach over the end of its sentence, where another text follows.
      if (Object.values(values).some((value) => /\. [A-Z]/.test(value) && translate(value) === undefined)) continue
      return translated.replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name] ?? ''
        return translate(value) ?? value
      })
    }
    return undefined
  }
  return translate
}

interface Form {
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly translated: string
}

/** The most exact ones first: "Found another record at {name}" is also a text of the form "Found {found} at {name}". */
function toForms(table: Readonly<Record<string, string>>): Form[] {
  const exactness = ({ pattern }: Form) => pattern.source.replaceAll('(.+?)', '').length
  return Object.entries(table)
    .flatMap(([form, translated]) => toForm(form, translated))
    .sort((a, b) => exactness(b) - exactness(a))
}

function toForm(form: string, translated: string): Form[] {
  const parts = form.split(/\{(\w+)\}/)
  if (parts.length === 1) return []
  const names: string[] = []
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const known = names.indexOf(part)
    if (known >= 0) return `\\${known + 1}`
    names.push(part)
    return '(.+?)'
  })
  return [{ pattern: new RegExp(`^${source.join('')}$`, 's'), names, translated }]
}
