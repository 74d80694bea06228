/** The longest body of a success, in bytes. A list of ten thousand domains has about 8 MB. */
export const defaultMaxBodySize = 16 * 1024 * 1024
/** The longest body of an error that is read; what follows is dropped. */
const longestErrorBody = 1024 * 1024

/** The body is longer than allowed. Its rest was not read. */
export class BodyTooLarge extends Error {
  readonly limit: number

  constructor(limit: number) {
    super(`The body is longer than ${limit} bytes`)
    this.limit = limit
  }
}

/**
 * The text of a response, read no further than its limit, so that a server cannot fill the memory. A success that is longer
 * throws `BodyTooLarge`; an error is cut, since its beginning says what happened.
 *
 * @param sofar gets what has been read, for whoever stops waiting for the rest
 */
export async function readBounded(
  response: Response,
  maxBodySize: number,
  sofar: { text: string } = { text: '' },
): Promise<string> {
  const limit = response.ok ? maxBodySize : Math.min(longestErrorBody, maxBodySize)
  const announced = Number(response.headers.get('content-length') ?? 0)
  if (response.ok && announced > limit) {
    await response.body?.cancel().catch(() => {})
    throw new BodyTooLarge(limit)
  }
  // A fetch of one's own may answer with less than a whole Response.
  if (!response.body || typeof response.body.getReader !== 'function') {
    const text = await response.text()
    if (text.length <= limit) return text
    if (response.ok) throw new BodyTooLarge(limit)
    return text.slice(0, limit)
  }
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let left = limit
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return sofar.text + decoder.decode()
    if (value.length > left) {
      reader.cancel().catch(() => {})
      if (response.ok) throw new BodyTooLarge(limit)
      return sofar.text + decoder.decode(value.subarray(0, left))
    }
    left -= value.length
    sofar.text += decoder.decode(value, { stream: true })
  }
}
