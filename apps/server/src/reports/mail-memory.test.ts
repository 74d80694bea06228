import { describe, expect, it } from 'vitest'
import { mailMemory } from './mail-memory.ts'

describe('the memory for mails that are being received', () => {
  it('is not used up by one client, and has room again once a mail is stored', () => {
    const memory = mailMemory({ total: 100, share: 60 })
    expect([memory.take('192.0.2.1', 60), memory.take('192.0.2.1', 1)]).toEqual([true, false])
    expect([memory.take('192.0.2.2', 40), memory.take('192.0.2.3', 1)]).toEqual([true, false])
    memory.give('192.0.2.1', 60)
    expect([memory.take('192.0.2.3', 1), memory.take('192.0.2.1', 59)]).toEqual([true, true])
  })
})
