// `npm start`: installs what is missing, then runs the main job on the sandbox. See scripts/main-job/run.ts.
import { continueIn, installDependencies } from './lib/bootstrap.mjs'

installDependencies()
continueIn('scripts/main-job/run.ts')
