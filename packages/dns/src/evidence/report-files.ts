import { createReadStream } from 'node:fs'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AggregateRecord } from '@dmarc-as-code/reports'
import { defaultLimits } from '@dmarc-as-code/reports'
import { type FoundReport, readReports, splitMbox } from '@dmarc-as-code/reports/node'
import { DnsInputError } from '../errors.ts'
import { pathText } from '../path-text.ts'

/** A report of a file, with the records of an aggregate report. */
export interface FileReport {
  /** The file, then the names of attachments and archive members. */
  path: readonly string[]
  found: FoundReport
  records: readonly AggregateRecord[]
}

const mostFiles = 200_000

/**
 * The files at these paths; those of a folder with all folders beneath, such as a Maildir, sorted. Symbolic links to folders are
 * not followed. Fails with `DnsInputError` where a path cannot be read.
 */
export async function filesAt(paths: readonly string[]): Promise<string[]> {
  const files: string[] = []
  for (const path of paths) {
    try {
      if ((await stat(path)).isDirectory()) files.push(...(await filesBeneath(path)))
      else files.push(path)
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      if (code === undefined) throw cause
      throw new DnsInputError(`The reports cannot be read (${code})${pathText(path, ': ')}`, { cause })
    }
    if (files.length > mostFiles) throw new DnsInputError(`There are more than ${mostFiles} files; name fewer folders.`)
  }
  return [...new Set(files)]
}

async function filesBeneath(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}

/**
 * Every report of a file: an aggregate or TLS report, in zip or gzip, a mail, an mbox of any size. The bytes decide what it is.
 * What cannot be read is a report with a problem.
 */
export async function* reportsIn(
  file: string,
  options: { clock: () => number; signal: AbortSignal },
): AsyncGenerator<FileReport> {
  const { mailBytes } = defaultLimits
  if (await isMbox(file)) {
    for await (const message of splitMbox(createReadStream(file, { signal: options.signal }), mailBytes)) {
      if ('tooLarge' in message)
        yield unread(
          file,
          'packed-too-large',
          `A message has ${message.tooLarge} bytes, expected at most ${mailBytes}.`,
        )
      else yield* reportsOf(message.bytes, file, options)
    }
    return
  }
  const { size } = await stat(file)
  if (size > mailBytes)
    yield unread(file, 'packed-too-large', `The file has ${size} bytes, expected at most ${mailBytes}.`)
  else yield* reportsOf(await readFile(file, { signal: options.signal }), file, options)
}

async function* reportsOf(
  bytes: Uint8Array,
  file: string,
  { clock, signal }: { clock: () => number; signal: AbortSignal },
): AsyncGenerator<FileReport> {
  const records = new Map<number, AggregateRecord[]>()
  const found = await readReports(bytes, {
    clock,
    signal,
    onRecords(batch, report) {
      const kept = records.get(report) ?? []
      for (const record of batch) kept.push(record)
      records.set(report, kept)
    },
  })
  for (const [index, report] of found.entries()) {
    yield { path: [file, ...report.path], found: report, records: records.get(index) ?? [] }
  }
}

async function isMbox(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(5), 0, 5, 0)
    return buffer.subarray(0, bytesRead).toString('latin1') === 'From '
  } finally {
    await handle.close()
  }
}

function unread(file: string, code: 'packed-too-large', message: string): FileReport {
  return {
    path: [file],
    found: { outcome: { ok: false, problem: { code, message }, warnings: [] }, path: [], sha256: '' },
    records: [],
  }
}
