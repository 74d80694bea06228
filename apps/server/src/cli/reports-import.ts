import { countOf } from '@dmarc-as-code/primitives'
import { type Imported, importBytes, importPaths } from '../reports/import-reports.ts'
import { accessibleAccounts } from '../store/accounts.ts'
import type { Store } from '../store/open-store.ts'
import type { Command, CommandInput } from './command.ts'
import { CommandError } from './command-error.ts'
import { requiredOption } from './options.ts'
import { userOf, withStore } from './with-store.ts'

export const reportsImport: Command = {
  name: 'reports import',
  summary:
    'Imports reports from files and folders, or from standard input with -: mails, mbox, Maildir, XML, JSON, gzip, zip, and the JSON and CSV of parsedmarc. --trust yes lets them count as evidence. --email and --account choose among several accounts with the same domain.',
  options: { trust: { type: 'string' }, email: { type: 'string' }, account: { type: 'string' } },
  operands: 'PATH...',
  async run(input) {
    const paths = input.operands ?? []
    if (paths.length === 0) throw new CommandError('Name files or folders, or - for standard input.')
    const trust = trustOf(input.values.trust)
    const total = await withStore(input, async (store) => {
      const accountId = await accountOf(store, input)
      const options = {
        store,
        now: Date.now,
        trust,
        print: input.print,
        ...(accountId === undefined ? {} : { accountId }),
      }
      const imported = await importPaths(
        paths.filter((path) => path !== '-'),
        options,
      )
      if (paths.includes('-')) await importBytes(await standardInput(), 'standard input', options, imported)
      return imported
    })
    input.print(summary(total, trust))
  },
}

function trustOf(text: string | undefined): boolean {
  if (text === undefined || text === 'no') return false
  if (text === 'yes') return true
  throw new CommandError(`--trust is ${JSON.stringify(text)}. Pass yes where you vouch for the files, else no.`)
}

async function accountOf(store: Store, input: CommandInput): Promise<number | undefined> {
  const reference = input.values.account
  if (reference === undefined) return undefined
  const user = await userOf(store.db, requiredOption(input.values, 'email'))
  const account = (await accessibleAccounts(store.db, user.id, null)).find(
    ({ id, slug }) => String(id) === reference || slug === reference,
  )
  if (!account) throw new CommandError(`${user.email} has no account ${reference}. Pass an id or slug of theirs.`)
  return account.id
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function summary({ inputs, stored, duplicates, problems, skipped }: Imported, trust: boolean): string {
  const parts = [
    `${countOf(stored, 'report')} stored${trust ? '' : ' without trust: they are shown and are no evidence'}`,
    `${countOf(duplicates, 'duplicate')}`,
    `${countOf(problems, 'problem')}`,
    `${countOf(skipped, 'input')} skipped`,
  ]
  return `${countOf(inputs, 'input')}: ${parts.join('; ')}.`
}
