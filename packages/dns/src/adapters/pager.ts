import { DnsServiceError } from '../engine/errors.ts'
import type { CallOptions, ServiceId } from '../engine/types.ts'

export interface Page<Item, Position> {
  items: readonly Item[]
  /** Where the next page begins; undefined on the last one. */
  next?: Position | undefined
}

export interface PagerOptions<Item> extends CallOptions {
  service: ServiceId
  /** What tells items apart. With it, a page that holds nothing new ends the list: the service ignores the position. */
  idOf?: (item: Item) => unknown
}

/** More pages than any list has that this package reads. */
const mostPages = 10_000

/**
 * All items of a list that comes in pages. A page may be empty and still have a next one. A position that comes a second time fails with
 * `bad-answer`, because nothing proves then that the list is complete.
 */
export async function readAllPages<Item, Position extends string | number>(
  read: (position: Position | undefined) => Promise<Page<Item, Position>>,
  { service, idOf, signal }: PagerOptions<Item>,
): Promise<Item[]> {
  const items: Item[] = []
  const ids = new Set<unknown>()
  const positions = new Set<Position>()
  let position: Position | undefined
  do {
    signal?.throwIfAborted()
    const page = await read(position)
    const fresh = idOf ? page.items.filter((item) => !ids.has(idOf(item))) : page.items
    for (const item of fresh) {
      if (idOf) ids.add(idOf(item))
      items.push(item)
    }
    if (idOf && fresh.length === 0) return items
    position = page.next
    if (position !== undefined && (positions.has(position) || positions.size === mostPages)) {
      throw new DnsServiceError({
        service,
        kind: 'bad-answer',
        message: `A list of ${service} does not end: the same page is offered again.`,
        fix: 'Check the address of the API; if it is right, report this with the version of this package.',
      })
    }
    if (position !== undefined) positions.add(position)
  } while (position !== undefined)
  return items
}
