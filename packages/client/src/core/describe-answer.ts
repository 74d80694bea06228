import { excerpt } from '@dmarc-as-code/primitives'

export const page = 'an HTML or XML page'

/** Whether an answer is a page for people, as proxies send. */
export const isPage = (body: unknown): boolean => typeof body === 'string' && /^\s*</.test(body)

/** What an answer of the wrong shape is, in a few words. Names its fields and not their content, which may hold anything. */
export function describeAnswer(body: unknown): string {
  if (body === undefined) return 'an empty body'
  if (typeof body === 'string') return isPage(body) ? page : 'plain text'
  if (Array.isArray(body)) return `a list of ${body.length}`
  if (typeof body !== 'object' || body === null) return `the ${typeof body} ${String(body)}`
  return `an object with the fields ${excerpt(Object.keys(body).join(', '), 200) || '(none)'}`
}
