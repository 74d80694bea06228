// Opens and migrates the store whose location is the argument, as every command of the server does.
import { openStore } from '../src/store/open-store.ts'

const store = await openStore(process.argv[2] ?? '')
await store.db.selectFrom('users').select('id').execute()
await store.close()
