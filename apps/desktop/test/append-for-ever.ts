// Appends to a history file and reports each append that counts as written, until killed. Used by history-store.test.ts.
import { HistoryStore } from '../src/main/history/history-store.ts'

const store = new HistoryStore(String(process.argv[2]))
for (let count = 1; ; count++) {
  store.append([{ at: new Date(count).toISOString(), domain: 'a', from: null, to: 'ready' }])
  process.stdout.write(`${count}\n`)
  await new Promise((resolve) => setImmediate(resolve))
}
