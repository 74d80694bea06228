import type { TextBridge } from '../shared/contract/contract.ts'

declare global {
  interface Window {
    readonly dmarcWatch: TextBridge
  }
}
