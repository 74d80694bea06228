import { expect, it } from 'vitest'
import { hideInternalServers } from './internal-servers.ts'

const hide = hideInternalServers([
  { address: '10.0.0.53' },
  { address: '127.0.0.1', port: 5353 },
  { address: 'fd00::53' },
  { address: '9.9.9.9' },
  { url: 'https://dns.example/dns-query' },
])
const hidden = 'a server of this installation'

it.each([
  ['10.0.0.53 gave no answer to example.com TXT.', `${hidden} gave no answer to example.com TXT.`],
  ['127.0.0.1:5353', hidden],
  ['[fd00::53] and fd00::53 disagree', `[${hidden}] and ${hidden} disagree`],
  ['It was asked at 10.0.0.53.', `It was asked at ${hidden}.`],
  ['9.9.9.9 gave no answer', '9.9.9.9 gave no answer'],
  ['10.0.0.53.example.com and 110.0.0.53', '10.0.0.53.example.com and 110.0.0.53'],
  ['ns1.example.com (192.0.2.1)', 'ns1.example.com (192.0.2.1)'],
])('of the text %o is shown %o', (text, shown) => {
  expect(hide(text)).toBe(shown)
})
