/**
 * Takes every secret the app has in hand out of a text. Secrets are registered when they are read or typed; a text may
 * carry one by accident in many ways (an error of a library, a URL), so this runs over every line that is kept or shown.
 */
export class Redactor {
  readonly #secrets = new Set<string>()

  add(secret: string): void {
    // Shorter ones would blot out ordinary words; none of the services gives such short secrets.
    if (secret.length >= 6) this.#secrets.add(secret)
  }

  clean(text: string): string {
    let clean = text
    for (const secret of this.#secrets) {
      for (const form of [secret, encodeURIComponent(secret)]) clean = clean.replaceAll(form, '[secret]')
    }
    return clean
  }
}
