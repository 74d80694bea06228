import type { Deflate } from './deflate.mjs'

export interface ZipFile {
  readonly name: string
  readonly data: Buffer
  readonly executable?: boolean
}
/** A zip archive whose entries carry the Unix execute bit; the same input makes the same bytes. */
export function zip(files: readonly ZipFile[], options?: { readonly deflate?: Deflate }): Buffer
