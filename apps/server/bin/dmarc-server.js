#!/usr/bin/env node
import { main } from '../dist/esm/main.js'

process.exitCode = await main(process.argv.slice(2), process.env, console.log, console.error)
