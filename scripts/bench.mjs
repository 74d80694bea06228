// `npm run bench [-- name ...] [-- --json]`: the benchmarks behind every figure in the docs. See bench/run.ts.
import { continueIn, installDependencies } from './lib/bootstrap.mjs'

installDependencies()
continueIn('bench/run.ts')
