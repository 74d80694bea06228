import type { Account, Domain, Tag } from '@dmarc-as-code/client'
import type { PlanEffect } from '@dmarc-as-code/dns/apply'
import { Document, isNode, isScalar, visit } from 'yaml'
import type { FleetData } from '../fleet/fleet-data.ts'
import { domainEntry } from './domain-entry.ts'

export interface Inventory {
  readonly accounts: readonly Account[]
  readonly domains: readonly Domain[]
  /** Empty where the service does not tell them. */
  readonly tags: readonly Tag[]
  /** For each domain of `domains`, what its CNAMEs would weaken, and what could not be read. */
  readonly effects: readonly (readonly PlanEffect[])[]
}

/** The data of a fleet in which everything that exists is declared as it is. */
function inventoryData({ accounts, domains, tags }: Inventory): FleetData {
  const [only, ...more] = accounts
  const used = new Set(domains.flatMap((domain) => domain.tags.map(({ name }) => name)))
  const declared = tags.filter(({ name, color }) => used.has(name) && /^#[0-9A-Fa-f]{6}$/.test(color))
  return {
    ...(declared.length > 0 && { tags: Object.fromEntries(declared.map(({ name, color }) => [name, color])) }),
    ...(only && more.length === 0 && { defaults: { account: String(only.id) } }),
    domains: domains.map((domain) => {
      const { address, ...settings } = domainEntry(domain)
      const account = more.length > 0 && domain.account_id !== undefined && { account: String(domain.account_id) }
      return { address, ...account, ...settings }
    }),
  }
}

/**
 * The same as a file. Accounts are named by number, which never changes; their titles are in a comment, and so is what would become
 * weaker than what is live.
 */
export function inventoryYaml(inventory: Inventory): string {
  const order = inventory.domains.map((_, index) => index).sort((a, b) => byAddress(inventory.domains, a, b))
  const domains = order.flatMap((index) => inventory.domains[index] ?? [])
  const document = new Document(inventoryData({ ...inventory, domains }))
  for (const [place, index] of order.entries()) {
    const comment = (inventory.effects[index] ?? []).flatMap(weakeningLines).map((line) => ` ${line}`)
    const node = document.getIn(['domains', place], true)
    if (comment.length > 0 && isNode(node)) node.commentBefore = comment.join('\n')
  }
  const titles = inventory.accounts.map(({ id, title }) => `#   ${id}: ${oneLine(title)}`)
  const head = ['# Every domain with its settings. Accounts:', ...titles].join('\n')
  // A plain `<<` merges, and a tag may have that name.
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value === '<<') key.type = 'QUOTE_DOUBLE'
    },
  })
  // Quoted, since a block of text that is white space alone would come back shorter.
  return `${head}\n\n${document.toString({ lineWidth: 120, blockQuote: false })}`
}

function byAddress(domains: readonly Domain[], a: number, b: number): number {
  const [one, other] = [domains[a]?.address ?? '', domains[b]?.address ?? '']
  return one < other ? -1 : one > other ? 1 : a - b
}

function weakeningLines(effect: PlanEffect): string[] {
  const { policy, before, after, messages, needsConsent } = effect
  if (!needsConsent) return []
  const keep = policy === 'dmarc' ? '`hostedDmarc: { fromCurrent: true }`' : '`hostedMtaSts: { fromCurrent: true }`'
  return [
    `What is hosted is weaker than what is live, and takes its place once the CNAMEs are there.`,
    `Live: ${before.text} (${before.source})`,
    `Hosted: ${after.text}`,
    ...messages,
    `To keep what is live, write ${keep} here. To go on with what is hosted, add \`allowWeaker\` with the reason.`,
  ].map(oneLine)
}

/** Text from outside in a comment must not end it. */
const oneLine = (text: string) => text.trim().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
