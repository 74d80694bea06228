import { parseArgs } from 'node:util'

/** What the command line of `dmarc-mcp` says. */
export interface Arguments {
  dns?: string
  lookUps: string[]
}

export const help = `Serves the Model Context Protocol on standard input and output. Its tools only read.

  dmarc-mcp [--dns FILE|SERVICE] [--resolver ADDRESS|URL]... [--stub-zone ZONE=ADDRESS[:PORT]]...

  --dns FILE|SERVICE  plans read the zone at this DNS service: a file with its settings, or the name of a service whose
                      settings are in the environment (see dmarc-dns --help); default: what the public DNS shows
  --resolver, --stub-zone  as in dmarc-dns
  --help, --version

Environment: DMARCREPORT_TOKEN (an API token; one with read access is enough), DMARCREPORT_ENDPOINT.
`

/** Reads the command line. Throws an error with one sentence for what it does not know. */
export function parseArguments(argv: readonly string[]): Arguments | 'help' | 'version' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      dns: { type: 'string' },
      resolver: { type: 'string', multiple: true },
      'stub-zone': { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  })
  if (values.help) return 'help'
  if (values.version) return 'version'
  const repeated = (flag: string, texts: readonly string[] = []) => texts.flatMap((text) => [flag, text])
  return {
    ...(values.dns !== undefined && { dns: values.dns }),
    lookUps: [...repeated('--resolver', values.resolver), ...repeated('--stub-zone', values['stub-zone'])],
  }
}
