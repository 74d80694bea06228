// Applies CNAMEs to a zone and dies without any clean-up in the middle: a child process of crash.test.ts.

import { digitalOceanAdapter } from '../src/adapters/digitalocean/adapter.ts'
import { apply } from '../src/engine/apply.ts'
import { fileJournalStore } from '../src/engine/file-journal.ts'
import { plan } from '../src/engine/plan.ts'

const [baseUrl = '', token = '', folder = '', zone = '', killAfter = ''] = process.argv.slice(2)
let writes = 0
const dyingFetch: typeof fetch = async (url, init) => {
  const answer = await fetch(url, init)
  if (init?.method !== 'GET' && ++writes === Number(killAfter)) process.kill(process.pid, 'SIGKILL')
  return answer
}
const adapter = digitalOceanAdapter({ type: 'digitalocean', baseUrl, token }, { fetch: dyingFetch })
const records = ['_dmarc', 'mta-sts', '_smtp._tls'].map((label) => ({
  name: `${label}.${zone}`,
  type: 'CNAME' as const,
  value: 'key.hosted.test',
}))
await apply(await plan(records, adapter, { conflict: 'replace' }), adapter, { journals: fileJournalStore(folder) })
