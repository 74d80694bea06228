import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { readPublicKey } from './release-signature.ts'

/** What packing writes into the package (`updates.json`): whose releases are taken, and where they lie. */
const builtInSchema = z.object({ publicKey: z.string(), feed: z.string().optional() })

export interface UpdateSource {
  readonly feed: string
  readonly publicKey: KeyObject
}

interface UpdateFacts {
  readonly isPackaged: boolean
  /** The text of `updates.json`; absent in builds without updates. */
  readonly builtIn: string | undefined
  /** `DMARC_WATCH_UPDATES`: another place, or empty for none. The key cannot be set from outside. */
  readonly override: string | undefined
}

/** The feed of releases, or why there is none. */
export function updateSource({ isPackaged, builtIn, override }: UpdateFacts): UpdateSource | { readonly off: string } {
  if (!isPackaged) return { off: 'This copy runs from source.' }
  if (builtIn === undefined) return { off: 'This copy was built without an update feed.' }
  const { publicKey, feed: builtInFeed } = builtInSchema.parse(JSON.parse(builtIn))
  const feed = override ?? builtInFeed
  if (!feed) return { off: 'No update feed is set.' }
  const url = URL.canParse(feed) ? new URL(feed) : undefined
  if (url?.protocol !== 'https:') return { off: `The update feed must be an https address. Found ${feed}` }
  return { feed: url.href, publicKey: readPublicKey(publicKey) }
}
