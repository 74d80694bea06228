import { describe, expect, it } from 'vitest'
import { BodyTooLarge, readBounded } from './read-bounded.ts'

/** A body without end that counts what was taken of it. */
function endless() {
  const taken = { chunks: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.chunks++
      controller.enqueue(new TextEncoder().encode('x'.repeat(1000)))
    },
    cancel() {
      taken.cancelled = true
    },
  })
  return { taken, body }
}

describe('the body of a response', () => {
  it('is read to its end within the limit, whatever its characters are cut into', async () => {
    const bytes = new TextEncoder().encode('{"a":"例え😀"}')
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await readBounded(new Response(body), bytes.length)).toBe('{"a":"例え😀"}')
    expect(await readBounded(new Response(null, { status: 204 }), 10)).toBe('')
  })

  it('of a success that is longer is an error, and its rest is not read', async () => {
    const { taken, body } = endless()
    await expect(readBounded(new Response(body), 10_000)).rejects.toThrow(BodyTooLarge)
    expect(taken.cancelled).toBe(true)
    expect(taken.chunks).toBeLessThan(15)
  })

  it('that announces to be longer is not read at all', async () => {
    const { taken, body } = endless()
    const response = new Response(body, { headers: { 'content-length': '300000000' } })
    await expect(readBounded(response, 10_000)).rejects.toThrow('longer than 10000 bytes')
    expect(taken.cancelled).toBe(true)
    expect(taken.chunks).toBeLessThan(3)
  })

  it('of an error is cut', async () => {
    const { taken, body } = endless()
    expect(await readBounded(new Response(body, { status: 500 }), 2500)).toHaveLength(2500)
    expect(taken.cancelled).toBe(true)
    const large = new Response(endless().body, { status: 500 })
    expect(await readBounded(large, 16 * 1024 * 1024)).toHaveLength(1024 * 1024)
  })
})
