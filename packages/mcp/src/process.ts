import { DmarcReportClient } from '@dmarc-as-code/client'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { help, parseArguments } from './arguments.ts'
import { createMcpServer } from './create-mcp-server.ts'
import type { Sources } from './sources.ts'
import { version } from './version.ts'

/** Serves MCP on the standard streams of this process, until standard input ends. */
export function runProcess(): void {
  try {
    const args = parseArguments(process.argv.slice(2))
    if (typeof args === 'string') {
      process.stdout.write(args === 'help' ? help : `${version}\n`)
      return
    }
    const sources: Sources = { client: clientFrom(process.env), env: process.env, dns: args.dns, lookUps: args.lookUps }
    serveStdio(() => createMcpServer(sources), { onerror: (error) => process.stderr.write(`${error.message}\n`) })
  } catch (error) {
    // A mistake on the command line or in the environment; a stack would hide the sentence.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 64
  }
}

function clientFrom({ DMARCREPORT_TOKEN }: NodeJS.ProcessEnv): DmarcReportClient | undefined {
  return DMARCREPORT_TOKEN === undefined || DMARCREPORT_TOKEN === ''
    ? undefined
    : new DmarcReportClient({ userAgent: `dmarc-mcp/${version}` })
}
