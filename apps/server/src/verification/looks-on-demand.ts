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
  const running = new Map<string, Promise<unknown>>()
  const byToken = new Map<number, number>()

  return {
    run<Result>(tokenId: number, what: string, look: () => Promise<Result>): Promise<Result> {
      const shared = running.get(what)
      if (shared) return shared as Promise<Result>
      const own = byToken.get(tokenId) ?? 0
      if (own >= perToken) throw tooMany(`This token has ${own} look-ups running, the most allowed.`)
      if (running.size >= total) throw tooMany(`The server has ${running.size} look-ups running, the most allowed.`)
      byToken.set(tokenId, own + 1)
      const started = (async () => look())().finally(() => {
        running.delete(what)
        const left = (byToken.get(tokenId) ?? 1) - 1
        if (left > 0) byToken.set(tokenId, left)
        else byToken.delete(tokenId)
      })
      running.set(what, started)
      return started
    },
  }
}

const tooMany = (what: string) => new Problem(429, `${what} Retry after 2 s.`, [], { retryAfter: 2 })
