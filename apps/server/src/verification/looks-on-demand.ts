import { shareInFlight } from '@dmarc-as-code/primitives'
import { Problem } from '../rules/problem.ts'

export interface LookLimits {
  /** Looks at the same time for one token. */
  perToken: number
  /** Looks at the same time in this process. */
  total: number
}

/** Looks that a request asks for. Requests for the same look while it runs share it. */
export interface LooksOnDemand {
  /** @throws {Problem} 429 when the token, or all together, have too many looks running */
  run<Result>(tokenId: number, what: string, look: () => Promise<Result>): Promise<Result>
}

export function looksOnDemand({ perToken, total }: LookLimits): LooksOnDemand {
  const share = shareInFlight<unknown>()
  const byToken = new Map<number, number>()
  let running = 0

  /** A look that takes a slot of its token until it ends. */
  function limited(tokenId: number, look: () => Promise<unknown>): Promise<unknown> {
    const own = byToken.get(tokenId) ?? 0
    if (own >= perToken) throw tooMany(`This token has ${own} look-ups running, the most allowed.`)
    if (running >= total) throw tooMany(`The server has ${running} look-ups running, the most allowed.`)
    byToken.set(tokenId, own + 1)
    running += 1
    return (async () => look())().finally(() => {
      running -= 1
      const left = (byToken.get(tokenId) ?? 1) - 1
      if (left > 0) byToken.set(tokenId, left)
      else byToken.delete(tokenId)
    })
  }

  return {
    run: <Result>(tokenId: number, what: string, look: () => Promise<Result>) =>
      share(what, () => limited(tokenId, look)) as Promise<Result>,
  }
}

const tooMany = (what: string) => new Problem(429, `${what} Retry after 2 s.`, [], { retryAfter: 2 })
