#!/usr/bin/env node
import { main } from '../dist/esm/docs/cli.js'

process.exitCode = await main(process.argv.slice(2), process.stdout, process.stderr)
