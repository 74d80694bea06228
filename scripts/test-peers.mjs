// `npm run test:peers [-- NAME ...]`: the product against software from elsewhere. See test-peers/README.md.
import { continueIn, installDependencies } from './lib/bootstrap.mjs'

installDependencies()
continueIn('scripts/lib/run-peers.ts')
