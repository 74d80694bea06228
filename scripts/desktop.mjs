// `npm run desktop [-- --sandbox]`: DMARC Watch alone, built first when its sources are newer. See apps/desktop/README.md.
import { continueIn, installDependencies } from './lib/bootstrap.mjs'

installDependencies()
continueIn('apps/desktop/scripts/start-app.ts')
