import { newRawObject, type Raw, type RawObject } from './raw.ts'

/** A copy of an object with some members replaced, made only if one really is: otherwise the object itself. */
export class Changes {
  readonly #base: RawObject
  #copy: Record<string, Raw> | undefined

  constructor(base: RawObject) {
    this.#base = base
  }

  set(name: string, value: Raw): void {
    if (this.#copy === undefined) {
      if (this.#base[name] === value) return
      this.#copy = Object.assign(newRawObject(), this.#base)
    }
    this.#copy[name] = value
  }

  get result(): RawObject {
    return this.#copy ?? this.#base
  }
}

/** The first list where the second holds the very same elements, else the second. */
export function sameOr(before: readonly Raw[], after: readonly Raw[]): readonly Raw[] {
  return before.length === after.length && after.every((element, index) => element === before[index]) ? before : after
}
