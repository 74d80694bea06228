import type { StubZone } from '../shared/stub-zone.ts'

/** What the app needs to know of a running sandbox; a plain copy of what `createSandbox` gives. */
export interface SandboxInfo {
  readonly apiUrl: string
  readonly token: string
  readonly accountId: number
  readonly customerZones: readonly string[]
  readonly dns: { readonly address: string; readonly port: number }
  readonly tsig: { readonly name: string; readonly algorithm: string; readonly secret: string }
  readonly stubZones: readonly StubZone[]
}

export type SandboxMessage =
  | { readonly type: 'ready'; readonly info: SandboxInfo }
  | { readonly type: 'failed'; readonly message: string }
