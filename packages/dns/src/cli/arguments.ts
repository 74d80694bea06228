import { parseArgs } from 'node:util'
import { wordList } from '@dmarc-as-code/primitives'
import { parseConsent } from '@dmarc-as-code/records'
import { type EvidenceTarget, evidenceTargets } from '../evidence/targets.ts'
import { dnsServices } from '../services/catalogue.ts'
import type { ServiceEntry } from '../services/types.ts'
import { maximumTtl } from './inputs.ts'
import { UsageError } from './io.ts'
import { type Command, commands, type Option, options } from './options.ts'
import { type RecordFormatName, recordFormatNames } from './record-formats.ts'

export type { Command } from './options.ts'

export interface Arguments {
  command: Command
  names: string[]
  json: boolean
  yes: boolean
  /** Of `apply`: leave out what cannot be applied. */
  skipConflicts: boolean
  /** Of `plan` and `apply`: the zone may be delegated to other servers as yet. */
  beforeDelegation: boolean
  /** Of `eject`: show only. */
  dryRun: boolean
  list: boolean
  /** Whether `check` fetches policy files. */
  fetch: boolean
  fleet: string | undefined
  records: string | undefined
  cnames: string[]
  stubZones: string[]
  resolvers: string[]
  /** Of `print`. */
  zones: string[]
  format: RecordFormatName
  dns: string | undefined
  conflict: 'fail' | 'adopt' | 'replace'
  adopted: 'restore' | 'remove'
  /** Of `undo`: only these names and what lies beneath. */
  only: string[]
  /** The reason for which what is live may become weaker, trimmed. */
  allowWeaker: string | undefined
  journal: string | undefined
  plan: string | undefined
  ttl: number | undefined
  concurrency: number
  /** Of `retarget`. */
  from: string | undefined
  to: string | undefined
  wait: boolean
  /** Of `evidence`. */
  reports: string[]
  target: EvidenceTarget | undefined
  mine: string[]
  notMine: string[]
  presumeRestNotMine: boolean
  parked: boolean
  record: string | undefined
  provider: string | undefined
  service: string | undefined
  variables: string[]
  redirect: string | undefined
}

/** Reads the command line. Undefined: help was asked for. Fails with a `UsageError`. */
export function parseArguments(argv: readonly string[]): Arguments | 'help' | 'version' {
  const { values, positionals } = parse(argv)
  if (values.version) return 'version'
  const [word, ...names] = positionals
  if (values.help || word === undefined || word === 'help') return 'help'
  const command = commands.find((candidate) => candidate === word)
  if (!command) throw new UsageError(`"${word}" is not a command; expected one of ${commands.join(', ')}.`)
  requireOwnOptions(command, Object.keys(values))
  return {
    command,
    names,
    json: values.json ?? false,
    yes: values.yes ?? false,
    skipConflicts: values['skip-conflicts'] ?? false,
    beforeDelegation: values['before-delegation'] ?? false,
    dryRun: values['dry-run'] ?? false,
    list: values.list ?? false,
    fetch: !values['no-fetch'],
    fleet: values.fleet,
    records: values.records,
    cnames: values.cname ?? [],
    stubZones: values['stub-zone'] ?? [],
    resolvers: values.resolver ?? [],
    zones: values.zone ?? [],
    format: oneOf('format', values.format ?? 'zone', recordFormatNames),
    dns: values.dns,
    conflict: oneOf('conflict', values.conflict ?? 'fail', ['fail', 'adopt', 'replace']),
    adopted: oneOf('adopted', values.adopted ?? 'restore', ['restore', 'remove']),
    only: values.name ?? [],
    allowWeaker: values['allow-weaker'] === undefined ? undefined : consent(values['allow-weaker']),
    journal: values.journal,
    plan: values.plan,
    ttl: values.ttl === undefined ? undefined : integer('ttl', values.ttl, [0, maximumTtl]),
    concurrency: integer('concurrency', values.concurrency ?? '100', [1, 1000]),
    from: values.from,
    to: values.to,
    wait: values.wait ?? false,
    reports: values.reports ?? [],
    target: values.target === undefined ? undefined : oneOf('target', values.target, evidenceTargets),
    mine: values.mine ?? [],
    notMine: values['not-mine'] ?? [],
    presumeRestNotMine: values['presume-rest-not-mine'] ?? false,
    parked: values.parked ?? false,
    record: values.record,
    provider: values.provider,
    service: values.service,
    variables: values.variable ?? [],
    redirect: values.redirect,
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options,
    })
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message.replace(/\.? To specify.*/s, '').replace(/\.$/, '')}.`, { cause })
  }
}

/** An option of another command would be dropped without a word. */
function requireOwnOptions(command: Command, given: readonly string[]): void {
  const table: { readonly [name: string]: Option } = options
  for (const name of given) {
    const owners = table[name]?.of
    if (owners === undefined || owners.includes(command)) continue
    throw new UsageError(`--${name} is no option of ${command}; it belongs to ${wordList(owners)}.`)
  }
}

function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value)
  if (found) return found
  throw new UsageError(`--${name} has an unknown value; expected one of ${allowed.join(', ')}.`)
}

function consent(text: string): string {
  const parsed = parseConsent(text)
  if (parsed.ok) return parsed.reason
  throw new UsageError(`--allow-weaker takes a reason in words. ${parsed.finding.message}`)
}

function integer(name: string, text: string, [min, max]: readonly [number, number]): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= min && value <= max) return value
  throw new UsageError(`--${name} must be a whole number from ${min} to ${max}.`)
}

/** One line a service: its name, and the first variable of each of its fields. */
function servicesHelp(): string {
  const width = Math.max(...dnsServices.map(({ id }) => id.length)) + 2
  return dnsServices
    .map(({ id, fields, credentialsFallback }: ServiceEntry) => {
      const variables = fields.flatMap(({ env }) => env?.slice(0, 1) ?? [])
      return `  ${id.padEnd(width)}${wrap([...variables, ...(credentialsFallback ? [credentialsFallback] : [])], width + 2)}`
    })
    .join('\n')
}

/** A list in words, broken at 110 columns. */
function wrap(items: readonly string[], indent: number): string {
  const lines = ['']
  for (const [index, item] of items.entries()) {
    const text = `${item}${index < items.length - 1 ? ',' : ''}`
    const line = lines.at(-1) ?? ''
    if (line !== '' && indent + line.length + text.length > 110) lines.push(text)
    else lines[lines.length - 1] = line === '' ? text : `${line} ${text}`
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}

export const help = `Look at a domain's mail-authentication records, and put its CNAMEs in place.

  dmarc-dns check DOMAIN...              what is there, who hosts it, what is missing
  dmarc-dns plan  [DOMAIN...]            what applying the CNAMEs would change
  dmarc-dns apply [DOMAIN...]            change it, read it back, keep a journal
  dmarc-dns eject DOMAIN...              leave the host: the CNAMEs become the TXT records they lead to now
  dmarc-dns retarget [DOMAIN...]         move the CNAMEs from one host of their records to another, without a gap
  dmarc-dns undo  [JOURNAL]              put back what the last (or the named) run changed
  dmarc-dns evidence DOMAIN              whether the policy may be tightened, by reports in files
  dmarc-dns print [DOMAIN...]            the CNAMEs in the form in which you keep your DNS
  dmarc-dns connect DOMAIN               a link to apply a Domain Connect template in the browser
  dmarc-dns completion SHELL             completion for bash, zsh or fish: source <(dmarc-dns completion bash)

Which CNAMEs (check, plan, apply, retarget, print)
  --records FILE        JSON: a list of { "name", "value", "ttl"? }, or answers of the API; - is standard input
  --cname NAME=TARGET   one CNAME; repeatable
  --ttl SECONDS         for records without a TTL of their own (default 300)
  --fleet FILE          domains, one a line, beside those named; check looks at them in parallel
  --concurrency N       domains looked at at once (default 100)
  --no-fetch            do not fetch the MTA-STS policy files

Which DNS service (plan, apply, eject, retarget, undo)
  --dns FILE|SERVICE    settings as JSON ({ "type": "rfc2136", ... }), or the name of a service whose settings are in the
                        environment (see below), or manual (default): nothing is written, the lines to enter are printed;
                        default: the environment variable DMARC_DNS
  --conflict MODE       fail (default), adopt: take over a CNAME that is there, replace: whatever is there makes way
  --skip-conflicts      apply: leave out what conflicts or is blocked, and apply the rest; exits with 1
  --before-delegation   plan, apply: the zone moves to these servers, and its parent zone still delegates it to others
  --allow-weaker WHY    plan, apply, retarget, undo: what weakens the protection that is live, such as p=reject to p=none, is refused unless
                        you say why it may; the reason is kept in the journal
  --plan FILE           apply exactly this plan, as "plan --json" printed it
  --yes, -y             do not ask
  --dry-run             eject, retarget, undo: show what would change, and write nothing
  --journal FOLDER      where journals are kept
  --list                undo: list the journals
  --name NAME           undo: only this name and those beneath it, by the last run that changed them; repeatable
  --adopted WHAT        undo: restore (default) or remove what was adopted

How print writes them
  --format FORMAT       ${recordFormatNames.join(', ')} (default zone)
  --zone ZONE           the zone of the records in it; repeatable (default: looked up in the DNS)

Moving to another host (retarget)
  --from HOST           the CNAMEs that lead to this name or beneath it are changed, and no others
  --to HOST             the new targets: HOST in the place of the old one; or their list, with --records or --cname
  --wait                wait until resolvers have forgotten the old targets, then look whether they give the new ones

Evidence for a stricter policy (evidence)
  --reports PATH        a file, or a folder with all beneath it: XML, zip, gzip, mails, mbox; repeatable
  --target TARGET       quarantine, reject or mta_sts_enforce (default: the level above the policy that the newest report saw)
  --mine ID, --not-mine ID   whose a source is, as the list names it; repeatable
  --presume-rest-not-mine    sources beyond the first 20 to be answered are not yours
  --parked              the domain sends no mail, and needs no evidence
  --record TEXT         the DMARC record now, instead of looking it up in the DNS

Domain Connect
  --provider ID --service ID --variable NAME=VALUE --redirect URL

Anywhere
  --resolver ADDRESS[:PORT]|URL     ask this resolver instead of the system's, by UDP and TCP or by DNS over HTTPS
                                    (https://...); repeatable
  --stub-zone ZONE=ADDRESS[:PORT]   ask this server for that zone, and none but the given ones; repeatable
  --json                            machine-readable, as schema/output.schema.json describes; several domains: one JSON
                                    object a line
  --help, -h                        this help
  --version                         the version

DNS services and the environment variables they read
${servicesHelp()}

Exit codes: 0 all is right or done, 1 something is missing or to be changed (evidence: not ready), 2 conflict, 3 failure,
4 it would weaken what is live and --allow-weaker was not given, 64 usage, 130 interrupted.
`
