import type { ZipFile } from './zip.mjs'

export const platforms: Readonly<Record<string, string>>
export function compile(platform: string): Buffer
export function packageFor(platform: string, options?: { readonly level?: number }): ZipFile
export const manifest: ZipFile
