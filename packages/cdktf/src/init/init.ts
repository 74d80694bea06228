import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Account, type DmarcReportClient, type Domain, type Tag, UnsupportedError } from '@dmarc-as-code/client'
import { mapLimited } from '@dmarc-as-code/primitives'
import { verdictOf } from '@dmarc-as-code/records'
import { type Inventory, inventoryYaml } from './fleet-yaml.ts'
import { comparedWithLive } from './live-effects.ts'
import type { LookAtMail } from './mail-view.ts'
import { type Framework, projectFiles } from './project-files.ts'
import { hidesPolicy, hidesRecord } from './published.ts'
import { withHosting } from './told-hosting.ts'

const READS_AT_ONCE = 4

export interface InitOptions {
  readonly client: DmarcReportClient
  /** The folder to write to. Must be empty or not be there. */
  readonly folder: string
  readonly framework: Framework
  /** Id, slug or title. Default: every account the token can see. */
  readonly account?: string | undefined
  /** How what is live is looked up, to compare it with what is hosted. */
  readonly look: LookAtMail
  readonly signal?: AbortSignal | undefined
}

export interface InitResult {
  readonly files: readonly string[]
  readonly inventory: Inventory
  /** What a person has to fill in or to know. */
  readonly notes: readonly string[]
}

/** Writes a project that declares what an account has. Nothing is written unless everything could be read. */
export async function initFromAccount(options: InitOptions): Promise<InitResult> {
  const { folder, framework } = options
  await refuseFull(folder)
  const inventory = await readInventory(options)
  const files = projectFiles(framework, inventoryYaml(inventory))
  await mkdir(folder, { recursive: true })
  // `wx` never overwrites a file that came in between.
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { flag: 'wx' })
  return { files: Object.keys(files), inventory, notes: notesOn(inventory) }
}

async function refuseFull(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (names.length === 0) return
  throw new Error(`${folder} is not empty: found ${names[0]}, expected an empty folder. Name another one with --dir.`)
}

async function readInventory({ client, account, look, signal }: InitOptions): Promise<Inventory> {
  const call = signal ? { signal } : {}
  const all = await client.accounts.list(call).all()
  const accounts = account === undefined ? all : [pick(all, account)]
  const lists = await Promise.all(
    accounts.map(async ({ id }) => {
      const domains = await client.domains.listByAccount(id, call).all()
      const read = (domain: Domain, _: number, stopped: AbortSignal) =>
        withHosting(client, id, { ...domain, account_id: id }, stopped)
      return mapLimited(domains, READS_AT_ONCE, read, call)
    }),
  )
  const compared = await comparedWithLive(lists.flat(), look, signal)
  return {
    accounts: accounts.filter((_, index) => (lists[index] ?? []).length > 0),
    domains: compared.map(({ domain }) => domain),
    effects: compared.map(({ effects }) => effects),
    tags: await readTags(client, call),
  }
}

function pick(accounts: readonly Account[], wanted: string): Account {
  const fits = (one: Account) => String(one.id) === wanted || one.slug === wanted || one.title === wanted
  const [found, ...others] = accounts.filter(fits)
  if (found && others.length === 0) return found
  const known = accounts.map(({ id, title }) => `${id} (${title})`).join(', ') || 'none'
  throw new Error(
    `Found ${found ? 'several accounts' : 'no account'} ${JSON.stringify(wanted)}, expected one of ${known}.`,
  )
}

/** A service without the tags extension has them on domains, and no list of them. */
async function readTags(client: DmarcReportClient, call: { signal?: AbortSignal }): Promise<Tag[]> {
  try {
    return await client.tags.list(call).all()
  } catch (error) {
    if (error instanceof UnsupportedError) return []
    throw error
  }
}

function notesOn({ domains, effects }: Inventory): string[] {
  const addresses = domains.map(({ address }) => address)
  const twice = new Set(addresses.filter((address, index) => addresses.indexOf(address) !== index))
  return [
    ...domains.filter(hidesRecord).map(({ address }) => {
      return `${address}: the service does not return its DMARC record, and it cannot be read in the DNS. Fill in hostedDmarc before you apply.`
    }),
    ...domains.filter(hidesPolicy).map(({ address }) => {
      return `${address}: the service does not return its MTA-STS policy, and it cannot be read from its host. Fill in mode, mx and maxAgeDays before you apply.`
    }),
    ...effects.flat().map(({ domain, grade, comparison, messages }) => {
      const { words } = verdictOf([{ name: domain, effect: comparison }])
      if (grade === 'unknown') return `${words} ${messages.join(' ')}`
      return `${words} It takes effect once the CNAMEs lead to what is hosted. ${messages.join(' ')} See domains.yaml.`
    }),
    ...[...twice].map((address) => {
      return `${address}: is in several accounts, and a fleet has each domain once. Write one project per account, with --account.`
    }),
  ]
}
