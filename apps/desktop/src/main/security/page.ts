import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

/** The app's own page has its own scheme: unlike `file:`, it has an origin, and nothing else can be reached through it. */
export const pageScheme = 'dmarc-watch-page'
export const pageOrigin = `${pageScheme}://app`
export const pageUrl = `${pageOrigin}/index.html`

/** The one style that React Aria adds to the page: no touch gestures on what is pressed. */
const pressableStyle = 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='

/** Nothing from anywhere but the page's own files; no network at all, so a script in the page has nowhere to send to. */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' '${pressableStyle}'`,
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Answers a request of the page from `folder`. Whatever is not a known kind of file inside it is not found. */
export async function servePage(
  folder: string,
  request: { readonly url: string; readonly method: string },
): Promise<Response> {
  const { host, pathname } = new URL(request.url)
  const type = types[extname(pathname)]
  const path = normalize(join(folder, decodeURIComponent(pathname)))
  if (host !== 'app' || request.method !== 'GET' || !type || !path.startsWith(folder + sep)) return notFound()
  try {
    const body = await readFile(path)
    return new Response(new Uint8Array(body), {
      headers: {
        'content-type': type,
        'content-security-policy': contentPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      },
    })
  } catch {
    return notFound()
  }
}

function notFound(): Response {
  return new Response('not found', { status: 404, headers: { 'content-security-policy': contentPolicy } })
}
