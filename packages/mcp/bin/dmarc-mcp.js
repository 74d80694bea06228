#!/usr/bin/env node
import { createRequire } from 'node:module'
import { oldNodeMessage } from '@dmarc-as-code/primitives'

const tooOld = oldNodeMessage(createRequire(import.meta.url)('../package.json'), process.versions.node)
if (tooOld !== undefined) {
  console.error(tooOld)
  process.exitCode = 1
} else {
  const { runProcess } = await import('@dmarc-as-code/mcp')
  runProcess()
}
