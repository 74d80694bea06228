import { DnsServiceError } from '../engine/errors.ts'
import { matchesAll, matchesSet } from '../engine/record-sets.ts'
import type { NameChange, RecordSet, ServiceId } from '../engine/types.ts'

/** Fails with `changed` unless a name still holds what the change was planned from. */
export function requireUnchanged(service: ServiceId, { name, before }: NameChange, live: readonly RecordSet[]): void {
  if (matchesAll(before, live)) return
  const message = `${name} is no longer what it was.`
  throw new DnsServiceError({ service, kind: 'changed', message, fix: 'Plan again.' })
}

/** The sets a change removes, for services where a set that differs is deleted and created again. */
export const setsToRemove = ({ before, after }: NameChange): RecordSet[] =>
  before.filter((set) => !after.some((other) => matchesSet(other, set)))

/** The sets a change creates or replaces. */
export const setsToAdd = ({ before, after }: NameChange): RecordSet[] =>
  after.filter((set) => !before.some((other) => matchesSet(set, other)))
