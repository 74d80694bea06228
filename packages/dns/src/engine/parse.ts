import { DnsError } from '../errors.ts'
import type { Journal, JournalEntry } from './journal.ts'
import type { PlanItem } from './judge.ts'
import type { Plan } from './plan.ts'
import type { HostedZone, RecordSet } from './types.ts'

/** A kept plan or journal that is damaged, or was made by another version. */
export class KeptDataError extends DnsError {
  override name = 'KeptDataError'
}

/** Checks a plan that was kept as JSON. Fails with {@link KeptDataError}, which names the place. */
export function parsePlan(json: unknown): Plan {
  const plan = object(json, 'the plan')
  version(plan, 'the plan')
  text(plan, 'service', 'the plan')
  optionalText(plan, 'identity', 'the plan')
  oneOf(plan, 'conflict', ['fail', 'adopt', 'replace'], 'the plan')
  list(plan.items, 'items of the plan').forEach((item, index) => {
    const where = `item ${index + 1} of the plan`
    const record = object(item.record, `the record of ${where}`)
    for (const field of ['name', 'value']) text(record, field, where)
    oneOf(record, 'type', ['CNAME', 'TXT'], where)
    number(record, 'ttl', where)
    oneOf(item, 'action', ['create', 'unchanged', 'replace', 'conflict', 'blocked'], where)
    text(item, 'message', where)
    list(item.notes, `notes of ${where}`, 'string')
    if (item.zone !== undefined) zone(item.zone, where)
    else if (item.action !== 'blocked') throw broken(`${where} has no zone`)
    recordSets(item as Partial<PlanItem>, String(record.name), where)
    if (item.effect !== undefined) effect(item.effect, where)
  })
  const verdict = object(plan.verdict, 'the verdict of the plan')
  text(verdict, 'words', 'the verdict of the plan')
  return plan as unknown as Plan
}

/** Checks a journal that was kept as JSON. Fails with {@link KeptDataError}, which names the place. */
export function parseJournal(json: unknown): Journal {
  const journal = object(json, 'the journal')
  version(journal, 'the journal')
  for (const field of ['id', 'service', 'startedAt']) text(journal, field, 'the journal')
  for (const field of ['identity', 'unknownSince', 'allowWeaker', 'undoAllowedWeaker'])
    optionalText(journal, field, 'the journal')
  oneOf(journal, 'state', ['applying', 'applied', 'undoing', 'undone'], 'the journal')
  list(journal.entries, 'entries of the journal').forEach((entry, index) => {
    const where = `entry ${index + 1} of the journal`
    text(entry, 'name', where)
    zone(entry.zone, where)
    recordSets(entry as Partial<JournalEntry>, String(entry.name), where)
  })
  return journal as unknown as Journal
}

type Loose = Record<string, unknown>

// Nothing outside the names of a plan is ever written, not even by a plan that says otherwise.
function recordSets(holder: { before?: unknown; after?: unknown }, name: string, where: string): void {
  for (const side of ['before', 'after'] as const) {
    for (const set of list(holder[side], `${side} of ${where}`)) {
      for (const field of ['name', 'type']) text(set, field, `${side} of ${where}`)
      number(set, 'ttl', `${side} of ${where}`)
      list(set.values, `values in ${side} of ${where}`, 'string')
      if ((set as unknown as RecordSet).name !== name) {
        throw broken(`${side} of ${where} is about another name`)
      }
    }
  }
}

function effect(value: unknown, where: string): void {
  const what = `the effect of ${where}`
  const found = object(value, what)
  text(found, 'domain', what)
  oneOf(found, 'grade', ['stronger', 'same', 'weaker', 'incomparable', 'unknown'], what)
  list(found.messages, `messages of ${what}`, 'string')
  for (const side of ['before', 'after'])
    text(object(found[side], `${side} of ${what}`), 'source', `${side} of ${what}`)
  if (found.comparison === null) return
  const comparison = object(found.comparison, `the comparison of ${what}`)
  for (const field of ['weakens', 'needsConsent']) {
    if (typeof comparison[field] !== 'boolean') throw broken(`${what} lacks "${field}"`)
  }
  list(comparison.changes, `changes of ${what}`)
}

function zone(value: unknown, where: string): void {
  const found: Partial<HostedZone> & Loose = object(value, `the zone of ${where}`)
  for (const field of ['id', 'name']) text(found, field, `the zone of ${where}`)
  if (found.origin === undefined) return
  const origin = object(found.origin, `the origin of the zone of ${where}`)
  text(origin, 'mark', `the origin of the zone of ${where}`)
  if (origin.serial !== undefined) number(origin, 'serial', `the origin of the zone of ${where}`)
}

function version(source: Loose, where: string): void {
  if (source.version === 1) return
  // What is kept is not quoted: a file with credentials may have been given in the place of a plan.
  const found = typeof source.version === 'number' ? `version ${source.version}` : 'no version'
  throw broken(`${where} has ${found}, expected 1`)
}

function object(value: unknown, what: string): Loose {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Loose
  throw broken(`${what} is not an object`)
}

function list(value: unknown, what: string): Loose[]
function list(value: unknown, what: string, kind: 'string'): string[]
function list(value: unknown, what: string, kind: 'object' | 'string' = 'object'): unknown[] {
  if (Array.isArray(value) && value.every((item) => typeof item === kind && item !== null)) return value
  throw broken(`the ${what} must be a list`)
}

function text(source: Loose, field: string, where: string): void {
  if (typeof source[field] !== 'string') throw broken(`${where} lacks the text "${field}"`)
}

function optionalText(source: Loose, field: string, where: string): void {
  if (source[field] !== undefined) text(source, field, where)
}

function number(source: Loose, field: string, where: string): void {
  if (typeof source[field] !== 'number') throw broken(`${where} lacks the number "${field}"`)
}

function oneOf(source: Loose, field: string, allowed: readonly string[], where: string): void {
  if (allowed.includes(String(source[field]))) return
  throw broken(`${where} has an unknown ${field}, expected one of ${allowed.join(', ')}`)
}

const broken = (what: string) => new KeptDataError(`The data cannot be used: ${what}.`)
