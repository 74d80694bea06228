import { expect, it } from 'vitest'
import { found } from './found.ts'
import { mailHosts } from './mail-hosts.ts'

const looked = (...exchanges: string[]) =>
  mailHosts('example.com', async () =>
    found(
      exchanges.map((exchange, index) => ({
        name: 'example.com',
        type: 'MX' as const,
        ttl: 60,
        data: { preference: index, exchange },
      })),
    ),
  )

it('leaves out exchanges that are no host names, whoever wrote them', async () => {
  const odd = [
    'mx_1.example.com',
    'a b.example.com',
    'bücher.example.com',
    '10.0.0.1',
    '-a.example.com',
    'a,b.example.com',
    '*.x',
    '',
  ]
  expect(await looked(...odd, 'MX1.example.com', 'mx1.example.com.')).toEqual(found(['mx1.example.com']))
  expect(await looked(...odd)).toEqual(found([]))
})
