// Run as a process of its own by benchmarks: fills the store of its first argument with two users, one with ten domains and one
// with as many as the second argument says, and prints what their requests need.
import { openStore } from '../src/store/open-store.ts'
import { seedDomains } from './seed-domains.ts'
import { createTenant } from './start-test-server.ts'

const [location = '', count = '10000'] = process.argv.slice(2)
const store = await openStore(location)
const now = Date.now()
const few = await createTenant(store, 'few@example.com')
const many = await createTenant(store, 'many@example.com')
const fewIds = await seedDomains(store, { ...few, count: 10, suffix: 'few.example', mtaSts: false, now })
const manyIds = await seedDomains(store, { ...many, count: Number(count), suffix: 'many.example', mtaSts: false, now })
const [hosting] = await store.db.selectFrom('hostings').select('key').where('address', '=', 'd0.many.example').execute()
await store.close()
process.stdout.write(
  `${JSON.stringify({ few: { ...few, ids: fewIds }, many: { ...many, ids: manyIds }, key: hosting?.key })}\n`,
)
