import type { Deflate } from './deflate.mjs'
import type { ZipFile } from './zip.mjs'

export const platforms: Readonly<Record<string, string>>
export function compile(platform: string, entry?: string): Buffer
export function packageFor(platform: string, options?: { readonly deflate?: Deflate }): ZipFile
export const manifest: ZipFile
