import type { Account, Domain, Tag } from '@dmarc-as-code/client'
import { stringify } from 'yaml'
import type { FleetData } from '../fleet/fleet-data.ts'
import { domainEntry } from './domain-entry.ts'

export interface Inventory {
  readonly accounts: readonly Account[]
  readonly domains: readonly Domain[]
  /** Empty where the service does not tell them. */
  readonly tags: readonly Tag[]
}

/** The data of a fleet in which everything that exists is declared as it is. */
function inventoryData({ accounts, domains, tags }: Inventory): FleetData {
  const [only, ...more] = accounts
  const used = new Set(domains.flatMap((domain) => domain.tags.map(({ name }) => name)))
  const declared = tags.filter(({ name, color }) => used.has(name) && /^#[0-9A-Fa-f]{6}$/.test(color))
  const sorted = domains.toSorted((a, b) => (a.address < b.address ? -1 : 1))
  return {
    ...(declared.length > 0 && { tags: Object.fromEntries(declared.map(({ name, color }) => [name, color])) }),
    ...(only && more.length === 0 && { defaults: { account: String(only.id) } }),
    domains: sorted.map((domain) => {
      const { address, ...settings } = domainEntry(domain)
      const account = more.length > 0 && domain.account_id !== undefined && { account: String(domain.account_id) }
      return { address, ...account, ...settings }
    }),
  }
}

/** The same as a file. Accounts are named by number, which never changes; their titles are in a comment. */
export function inventoryYaml(inventory: Inventory): string {
  const titles = inventory.accounts.map(({ id, title }) => `#   ${id}: ${title.replace(/\p{Cc}/gu, ' ')}`)
  const head = ['# Every domain with its settings. Accounts:', ...titles].join('\n')
  return `${head}\n\n${stringify(inventoryData(inventory), { lineWidth: 120 })}`
}
