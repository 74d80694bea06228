import { expect, it } from 'vitest'
import { countWaits } from './timed-waits.ts'

it('counts waits that a timer ended, and tells those of the own code apart', () => {
  expect(
    countWaits([
      'epoll_wait(20, [], 1, 60000)            = 0',
      'epoll_wait(20, [{events=EPOLLIN, data={u32=14, u64=14}}], 1, 60000) = 1',
      'epoll_pwait(14, [], 1024, 0, NULL, 8)   = 0',
      'epoll_wait(29, [], 16, 38470)           = 0',
      'poll([{fd=11, events=POLLIN}, {fd=12, events=POLLIN}], 2, 0) = 0 (Timeout)',
      'poll([{fd=11, events=POLLIN}, {fd=12, events=POLLIN}], 2, 4000) = 0 (Timeout)',
      'poll([{fd=11, events=POLLIN}], 1, 4000) = 1 ([{fd=11, revents=POLLIN}])',
      'futex(0x7fc2, FUTEX_WAIT_BITSET_PRIVATE, 0, {tv_sec=19, tv_nsec=18}, FUTEX_BITSET_MATCH_ANY) = -1 ETIMEDOUT (Connection timed out)',
      'futex(0x7fc2, FUTEX_WAKE_PRIVATE, 1)    = 1',
    ]),
  ).toEqual({ own: 1, all: 4 })
})
