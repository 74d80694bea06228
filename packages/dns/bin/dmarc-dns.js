#!/usr/bin/env node
import { runProcess } from '@dmarc-as-code/dns/cli'

await runProcess()
