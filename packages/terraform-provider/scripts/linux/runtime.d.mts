import type { ZipFile } from '../zip.mjs'

export type LinuxPlatform = 'linux_amd64' | 'linux_arm64'
export function missingPackages(platform: LinuxPlatform): readonly string[]
export function linuxRuntime(platform: LinuxPlatform): { readonly launcher: Buffer; readonly files: readonly ZipFile[] }
