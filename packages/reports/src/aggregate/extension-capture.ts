import type { ExtensionElement } from './types.ts'

interface OpenElement {
  name: string
  attributes: Record<string, string>
  children: (ExtensionElement | string)[]
}

/** What one report may keep of extensions: elements, and UTF-16 units of their names, attributes and texts. */
const mostElements = 500
const mostText = 64 * 1024

/** Keeps unknown elements as they are, within a budget over the whole report; what is beyond it is left out. */
export class ExtensionCapture {
  readonly #open: OpenElement[] = []
  #elements = 0
  #text = 0

  get active(): boolean {
    return this.#open.length > 0
  }

  begin(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#elements += 1
    const kept: Record<string, string> = {}
    for (const [key, value] of Object.entries(attributes)) if (this.#afford(key + value)) kept[key] = value
    this.#open.push({ name, attributes: kept, children: [] })
  }

  text(text: string): void {
    const trimmed = text.trim()
    if (trimmed !== '' && this.#afford(trimmed)) this.#open.at(-1)?.children.push(trimmed)
  }

  /** Closes the innermost element; returns it when it was the outermost and within the budget. */
  end(): ExtensionElement | undefined {
    const element = this.#open.pop()
    if (!element || this.#elements > mostElements || !this.#afford(element.name)) return undefined
    const parent = this.#open.at(-1)
    if (!parent) return element
    parent.children.push(element)
    return undefined
  }

  /** Forgets the elements that are open. */
  abandon(): void {
    this.#open.length = 0
  }

  #afford(text: string): boolean {
    if (this.#text + text.length > mostText) return false
    this.#text += text.length
    return true
  }
}
