import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { initFromAccount } from './init.ts'
import { lookAtMail } from './mail-view.ts'

const usage = `Usage: dmarc-as-code-cdktf init --from-account [--account ID] [--dir FOLDER] [--framework cdktn|cdktf]

Writes a TypeScript project that declares every domain that exists, as it is.

  --account ID      Only this account: its id, slug or title. Default: all accounts of the token.
  --dir FOLDER      Where to; empty, or not there yet. Default: mail-domains
  --framework NAME  cdktn (CDK Terrain, the default) or cdktf, which it succeeds

What is live in the DNS is compared with what is hosted: a domain that would become weaker is named, here and in domains.yaml.

The token is read from DMARCREPORT_TOKEN, the address of the API from DMARCREPORT_ENDPOINT.
`

export interface CommandContext {
  readonly env: NodeJS.ProcessEnv
  readonly out: { write(text: string): unknown }
  readonly err: { write(text: string): unknown }
  readonly signal?: AbortSignal
}

/** The command line; answers the exit code: 0 done, 1 failed, 2 wrongly called. */
export async function command(args: readonly string[], context: CommandContext): Promise<number> {
  const { env, out, err, signal } = context
  let values: ReturnType<typeof parse>['values']
  try {
    const parsed = parse(args)
    values = parsed.values
    if (values.help) {
      out.write(usage)
      return 0
    }
    const fault = faultOf(parsed, env)
    if (fault !== undefined) throw new Error(fault)
  } catch (error) {
    err.write(`${(error as Error).message}\n\n${usage}`)
    return 2
  }
  try {
    const client = new DmarcReportClient({ token: env.DMARCREPORT_TOKEN ?? '', baseUrl: env.DMARCREPORT_ENDPOINT })
    const folder = resolve(values.dir)
    const framework = values.framework === 'cdktf' ? 'cdktf' : 'cdktn'
    const { files, inventory, notes } = await initFromAccount({
      client,
      folder,
      framework,
      account: values.account,
      look: lookAtMail(env),
      signal,
    })
    out.write(`${inventory.domains.length} domains written to ${folder}: ${files.join(', ')}\n`)
    for (const note of notes) err.write(`${note}\n`)
    out.write(
      `\nNext:\n\n  cd ${values.dir}\n  npm install\n  npx @dmarc-as-code/terraform-provider install   # once: where terraform and tofu look by themselves\n` +
        '  npm run synth\n  cd cdktf.out/stacks/mail\n  terraform init\n  terraform plan\n',
    )
    return 0
  } catch (error) {
    err.write(`${(error as Error).message}\n`)
    return 1
  }
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'from-account': { type: 'boolean' },
      account: { type: 'string' },
      dir: { type: 'string', default: 'mail-domains' },
      framework: { type: 'string', default: 'cdktn' },
      help: { type: 'boolean', short: 'h' },
    },
  })

function faultOf({ values, positionals }: ReturnType<typeof parse>, env: NodeJS.ProcessEnv): string | undefined {
  if (positionals.join(' ') !== 'init' || !values['from-account']) {
    return `Found "${[...positionals, ...(values['from-account'] ? ['--from-account'] : [])].join(' ')}", expected "init --from-account".`
  }
  if (values.framework !== 'cdktf' && values.framework !== 'cdktn') {
    return `Found the framework "${values.framework}", expected cdktn or cdktf.`
  }
  if (!env.DMARCREPORT_TOKEN) return 'DMARCREPORT_TOKEN is not set. Set it to a token of the API.'
  return undefined
}
