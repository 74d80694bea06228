import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** The kinds of objects whose creation is marked. */
export type MarkedKind = 'account' | 'tag' | 'domain'

/**
 * One object that is being created. Its marker is on disk from before the request until Terraform has the result, so that a
 * run that dies in between can be completed by the next one.
 */
export interface CreationMarker {
  /** The same in every attempt to create this object, also in the runs that follow one that died. */
  readonly idempotencyKey: string
  /** Whether an earlier run died, or was cut off, while it created this object. */
  readonly interrupted: boolean
  /** When the first attempt began, in milliseconds since 1970. */
  readonly startedAt: number
  /** The ID that the API returned to an earlier run. This object is ours. */
  readonly createdId: number | undefined
  /** What the first attempt noted. */
  readonly note: unknown
  /** The API has returned the ID of the object. */
  created(id: number): Promise<void>
  /** Nothing was created, or what the marker names is not ours. */
  discard(): Promise<void>
}

export interface CreationMarkers {
  /** Marks that an object is about to be created, before the request is sent. `name` is unique among its kind. */
  begin(kind: MarkedKind, name: string, note?: unknown): Promise<CreationMarker>
  /** Whether an earlier run died, or was cut off, while it created this object. */
  hasInterrupted(kind: MarkedKind, name: string): Promise<boolean>
  /** The state holds this object: it needs no marker, and nothing else may adopt it. */
  inState(kind: MarkedKind, id: string): Promise<void>
  /** Whether `inState` was told of this object in this run. */
  isInState(kind: MarkedKind, id: number): boolean
  /** Terraform has all results of this process: what was created is in its state. Unknown outcomes stay marked. */
  settled(): Promise<void>
}

/** What tells one owner's markers from another's: an object is only ours where all of this is the same. */
export interface MarkerScope {
  readonly endpoint: string
  readonly token: string
  readonly workspace: string
  /** The root module. */
  readonly folder: string
}

interface Content {
  readonly version: 1
  readonly idempotencyKey: string
  readonly startedAt: number
  readonly id?: number
  readonly note: unknown
}

/**
 * Markers as files in `folder`. Where the folder cannot be written nothing is marked: creating works, but an object that a
 * killed provider leaves behind must be imported by hand.
 */
export function fileMarkers(folder: string, scope: MarkerScope, now: () => number = Date.now): CreationMarkers {
  const { endpoint, token, workspace, folder: module } = scope
  const scoped = (kind: MarkedKind, name: string) =>
    `${kind}-${hash([endpoint, hash([token]), workspace, module, kind, name])}`
  // Markers of this very process are no sign of a dead one: two resources may create objects of the same name at once.
  const own = new Map<string, Content>()
  const inState = new Set<string>()
  // Most runs have no marker: one look at the folder saves a look for each resource.
  let loading: Promise<Map<string, Content>> | undefined
  const earlier = () => {
    loading ??= readAll(folder)
    return loading
  }

  async function takeEarlier(kind: MarkedKind, prefix: string): Promise<[string, Content] | undefined> {
    for (const [file, content] of await earlier()) {
      if (!file.startsWith(`${prefix}-`)) continue
      ;(await earlier()).delete(file)
      if (content.id === undefined || !inState.has(`${kind} ${content.id}`)) return [file, content]
      await remove(folder, file)
    }
    return undefined
  }

  function marker(file: string, first: Content, interrupted: boolean): CreationMarker {
    own.set(file, first)
    const { idempotencyKey, startedAt, id: createdId, note } = first
    return {
      idempotencyKey,
      interrupted,
      startedAt,
      createdId,
      note,
      async created(id) {
        const content = { ...first, id }
        own.set(file, content)
        await write(folder, file, content)
      },
      async discard() {
        own.delete(file)
        await remove(folder, file)
      },
    }
  }

  return {
    async begin(kind, name, note = null) {
      const prefix = scoped(kind, name)
      const found = await takeEarlier(kind, prefix)
      if (found) return marker(...found, true)
      const file = `${prefix}-${randomUUID()}.json`
      const content: Content = { version: 1, idempotencyKey: randomUUID(), startedAt: now(), note }
      await write(folder, file, content)
      return marker(file, content, false)
    },
    async hasInterrupted(kind, name) {
      const prefix = scoped(kind, name)
      return [...(await earlier()).keys()].some((file) => file.startsWith(`${prefix}-`))
    },
    isInState: (kind, id) => inState.has(`${kind} ${id}`),
    async inState(kind, id) {
      inState.add(`${kind} ${id}`)
      for (const [file, content] of await earlier()) {
        if (!file.startsWith(`${kind}-`) || String(content.id) !== id) continue
        ;(await earlier()).delete(file)
        await remove(folder, file)
      }
    },
    async settled() {
      // All at once: Terraform waits two seconds, and hundreds may be there.
      const done = [...own].filter(([, { id }]) => id !== undefined)
      await Promise.all(done.map(([file]) => remove(folder, file)))
    },
  }
}

const hash = (parts: readonly string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)

async function readAll(folder: string): Promise<Map<string, Content>> {
  const found = new Map<string, Content>()
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((one) => /^(account|tag|domain)-.*\.json$/.test(one))) {
    const content = await readMarker(join(folder, name))
    if (content) found.set(name, content)
  }
  return found
}

async function readMarker(path: string): Promise<Content | undefined> {
  try {
    const content = JSON.parse(await readFile(path, 'utf8')) as Partial<Content> | null
    return content?.version === 1 && typeof content.idempotencyKey === 'string' ? (content as Content) : undefined
  } catch {
    return undefined
  }
}

async function remove(folder: string, file: string): Promise<void> {
  await unlink(join(folder, file)).catch(() => {})
}

async function write(folder: string, file: string, content: Content): Promise<void> {
  const beside = join(folder, `${file}.tmp`)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const handle = await open(beside, 'w', 0o600)
    try {
      await handle.writeFile(JSON.stringify(content))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, join(folder, file))
  } catch {
    // A folder that cannot be written: see above.
  }
}
