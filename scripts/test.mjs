// `npm test`: installs what is missing, then checks and tests everything. See scripts/lib/run-tests.ts.
import { continueIn, installDependencies } from './lib/bootstrap.mjs'

installDependencies()
continueIn('scripts/lib/run-tests.ts')
