import { parseDomainName } from '@dmarc-as-code/records'

export const scheme = 'dmarc-watch'

/** A place in the window. Links lead to the first three only: no link starts an action. */
export type Place =
  | { readonly page: 'overview' }
  | { readonly page: 'settings' }
  | { readonly page: 'domain'; readonly address: string }
  | { readonly page: 'add-domain' }
  | { readonly page: 'apply' }

/**
 * Reads `dmarc-watch://domain/example.com`, `dmarc-watch://overview` and `dmarc-watch://settings`. Links come from web pages
 * and mails, so nothing but the place is taken from them: no endpoint, no token, no action.
 */
export function parseDeepLink(text: string): Place | undefined {
  if (text.length > 1024) return undefined
  const match = /^dmarc-watch:\/\/([a-z]+)(?:\/([^/?#]*))?\/?$/i.exec(text.trim())
  if (!match) return undefined
  const [, page, argument] = match
  switch (page?.toLowerCase()) {
    case 'overview':
      return argument ? undefined : { page: 'overview' }
    case 'settings':
      return argument ? undefined : { page: 'settings' }
    case 'domain': {
      const name = parseDomainName(decoded(argument ?? ''))
      return name.ok ? { page: 'domain', address: name.ascii } : undefined
    }
    default:
      return undefined
  }
}

/** The first link among command-line arguments: how Linux and Windows hand a link to the app. */
export function findDeepLink(args: readonly string[]): Place | undefined {
  return args.map(parseDeepLink).find((place) => place !== undefined)
}

export function domainLink(address: string): string {
  return `${scheme}://domain/${encodeURIComponent(address)}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
