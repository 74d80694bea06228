/**
 * An answer that is JSON already, in UTF-8. It is sent as it is: checking and copying each of many thousand objects takes
 * longer than reading them. Tests compare its objects with those of answers that are checked.
 */
export class JsonText {
  readonly bytes: Buffer

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
}
