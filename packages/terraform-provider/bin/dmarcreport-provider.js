#!/usr/bin/env node
import { createRequire } from 'node:module'

// Checked here, and not by the function of primitives that the other programs use: this program works without any dependency.
const { engines } = createRequire(import.meta.url)('../package.json')
const [, neededMajor, neededMinor] = /^>=(\d+)\.(\d+)$/.exec(engines.node).map(Number)
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  const needed = `${neededMajor}.${neededMinor}`
  console.error(`dmarcreport-provider needs Node ${needed} or newer, and this is Node ${process.versions.node}.`)
  process.exitCode = 1
} else {
  const { main } = await import('../dist/esm/install/cli.js')
  process.exitCode = await main(process.argv.slice(2), process.stdout, process.stderr)
}
