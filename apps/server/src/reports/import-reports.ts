import { createHash } from 'node:crypto'
import { lstat, opendir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { splitMbox } from '@dmarc-as-code/reports/node'
import type { Store } from '../store/open-store.ts'
import { claimDue, settle } from '../store/work.ts'
import { acceptMail } from './accept-mail.ts'
import { fromParsedmarc } from './parsedmarc.ts'
import { processMail } from './process-mail.ts'
import { readInput } from './read-input.ts'
import { domainsOfReport, ownersOf } from './report-owners.ts'

export interface ImportOptions {
  store: Store
  now: () => number
  /** The reports count as evidence: the operator vouches for the files. */
  trust: boolean
  /** Only domains of this account. */
  accountId?: number
  print: (line: string) => void
}

/** What became of everything that was imported. */
export interface Imported {
  inputs: number
  stored: number
  duplicates: number
  problems: number
  /** Inputs without a report about a domain of the store. */
  skipped: number
}

const largestFile = 2 * 1024 * 1024 * 1024
const largestInput = 25 * 1024 * 1024

/** Imports files: mails, mboxes, Maildir folders, XML, JSON, gzip, zip, and what parsedmarc wrote. */
export async function importPaths(paths: readonly string[], options: ImportOptions): Promise<Imported> {
  const total: Imported = { inputs: 0, stored: 0, duplicates: 0, problems: 0, skipped: 0 }
  for (const path of paths) {
    for await (const file of filesOf(path)) {
      const { size } = await lstat(file)
      if (size > largestFile) {
        options.print(`${file}: larger than 2 GiB, skipped`)
        total.skipped += 1
        continue
      }
      await importBytes(await readFile(file), file, options, total)
    }
  }
  return total
}

/** Imports one input, whatever it is, and adds to the totals. */
export async function importBytes(
  bytes: Uint8Array,
  name: string,
  options: ImportOptions,
  total: Imported,
): Promise<void> {
  for await (const input of inputsOf(bytes)) {
    total.inputs += 1
    if (input.length > largestInput) {
      options.print(`${name}: an input of ${input.length} bytes, more than 25 MiB, skipped`)
      total.skipped += 1
      continue
    }
    await importOne(input, name, options, total)
  }
}

/** An mbox is many mails, and a file of parsedmarc many reports: each is an input of its own, so that one bad one spoils itself only. */
async function* inputsOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (head.startsWith('From ')) {
    for await (const message of splitMbox([bytes], largestInput)) {
      if (!('tooLarge' in message)) yield message.bytes
    }
    return
  }
  const reports = fromParsedmarc(bytes)
  if (!reports) yield bytes
  // Packed as reporters send it: the original is kept.
  else for (const report of reports) yield gzipSync(report)
}

async function importOne(input: Uint8Array, name: string, options: ImportOptions, total: Imported): Promise<void> {
  const { store, now, trust, print } = options
  const found = await readInput(input, { now: now(), hideKey: 'import' })
  const domains = new Set<number>()
  const unknown = new Set<string>()
  for (const { outcome } of found) {
    if (!outcome.ok) {
      print(`${name}: ${outcome.problem.message}`)
      continue
    }
    for (const policyDomain of domainsOfReport(outcome.report)) {
      const ids = await ownersOf(store.db, policyDomain, options.accountId)
      for (const id of ids) domains.add(id)
      if (ids.length === 0) unknown.add(policyDomain)
    }
  }
  for (const domain of unknown) print(`${name}: no domain ${domain}, and none above it`)
  if (domains.size === 0) total.skipped += 1
  const sha256 = createHash('sha256').update(input).digest('hex')
  for (const domainId of domains) {
    const known = await store.db
      .selectFrom('report_mails')
      .select('id')
      .where('domain_id', '=', domainId)
      .where('sha256', '=', sha256)
      .where('trust', '=', trust ? 'always' : 'never')
      .executeTakeFirst()
    if (known) {
      total.duplicates += 1
      continue
    }
    const mail = {
      domainId,
      way: 'import' as const,
      trust: trust ? ('always' as const) : ('never' as const),
      raw: input,
    }
    const id = await store.transaction((tx) => acceptMail(tx, mail, now()))
    const processed = await finish(store, id, now)
    total.stored += processed?.stored ?? 0
    total.duplicates += processed?.duplicates ?? 0
    total.problems += processed?.problems ?? 0
  }
}

/** Reads the mail here and now; a running server may have been faster, and reads what a killed import leaves behind. */
async function finish(store: Store, id: number, now: () => number) {
  const claims = await claimDue(store, 'report', {
    owner: 'import',
    now: Number.MAX_SAFE_INTEGER,
    lease: 10 * 60_000,
    limit: 1,
    subjects: [String(id)],
  })
  const processed = await processMail(id, {
    store,
    now,
    authenticate: () => Promise.reject(new Error('imports are not authenticated')),
    counts: () => false,
  })
  for (const claim of claims) await settle(store.db, claim, { at: null, attempt: 0 })
  return processed
}

/** A file, or every file below a folder: a Maildir is one with `cur` and `new`. Links are not followed. */
async function* filesOf(path: string): AsyncGenerator<string> {
  const stat = await lstat(path)
  if (!stat.isDirectory()) {
    yield path
    return
  }
  const names: string[] = []
  for await (const entry of await opendir(path)) {
    if (entry.isFile() || entry.isDirectory()) names.push(entry.name)
  }
  for (const name of names.sort()) yield* filesOf(join(path, name))
}
