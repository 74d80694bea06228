import { answered, type CallOptions, type RawAnswer, type RecordingOptions, type ResponseInfo } from './call.ts'

/** A typed result to come, with the answer behind it for those who ask. */
export interface ApiPromise<Result> extends Promise<Result> {
  /**
   * The result with the status, headers and request id of its answer. Where several requests were made, it is the answer to
   * the one that writes, else the last.
   *
   * @example
   * const { data, response } = await client.domains.get(7, 'example-com').withResponse()
   * console.log(data.address, response.status, response.requestId)
   */
  withResponse(): Promise<{ data: Result; response: ResponseInfo }>
}

/** Runs a typed method, and remembers the answer that its result comes from. */
export function apiPromise<Result, Options extends CallOptions>(
  options: Options,
  work: (options: Options) => Promise<Result>,
): ApiPromise<Result> {
  let last: RawAnswer | undefined
  const record = (answer: RawAnswer): void => {
    if (answer.method !== 'GET' || !last || last.method === 'GET') last = answer
    ;(options as RecordingOptions)[answered]?.(answer)
  }
  const promise = work({ ...options, [answered]: record })
  const withResponse = async () => {
    const data = await promise
    const { body: _, ...response } = last as RawAnswer
    return { data, response }
  }
  return Object.assign(promise, { withResponse })
}
