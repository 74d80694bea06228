import { evidenceTargets } from '../evidence/targets.ts'
import { dnsServices } from '../services/catalogue.ts'
import { recordFormatNames } from './record-formats.ts'

/** The commands, each with what it does in a few words. */
export const commandTexts = {
  check: 'what is there, who hosts it, what is missing',
  plan: 'what applying the CNAMEs would change',
  apply: 'change it, read it back, keep a journal',
  eject: 'leave the host: the CNAMEs become the TXT records they lead to now',
  retarget: 'move the CNAMEs from one host of their records to another',
  undo: 'put back what the last (or the named) run changed',
  evidence: 'whether the policy may be tightened, by reports in files',
  print: 'the CNAMEs in the form in which you keep your DNS',
  connect: 'a link to apply a Domain Connect template in the browser',
  completion: 'completion of commands and options for bash, zsh or fish',
} as const

export type Command = keyof typeof commandTexts
export const commands = Object.keys(commandTexts) as Command[]

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

export interface Option {
  readonly type: 'boolean' | 'string'
  readonly short?: string
  readonly multiple?: true
  /** The commands it belongs to. Absent: all. */
  readonly of?: readonly Command[]
  /** What its value may be, for completion: a file, a folder, or one of these words. */
  readonly value?: 'file' | 'folder' | readonly string[]
  /** Whether a file may be given instead of one of the words. */
  readonly orFile?: true
  /** A few words, without a full stop. */
  readonly about: string
}

const recordsFrom = ['check', 'plan', 'apply', 'retarget', 'print'] as const
const writes = ['plan', 'apply', 'eject', 'retarget', 'undo'] as const

/** Every option of the command line: it is parsed, completed and checked against the help from here. */
export const options = {
  help: { type: 'boolean', short: 'h', about: 'show the help' },
  version: { type: 'boolean', about: 'show the version' },
  json: { type: 'boolean', about: 'machine-readable output' },
  yes: { type: 'boolean', short: 'y', of: ['apply', 'eject', 'retarget'], about: 'do not ask' },
  'skip-conflicts': { type: 'boolean', of: ['apply'], about: 'apply what nothing stands in the way of' },
  'before-delegation': {
    type: 'boolean',
    of: ['plan', 'apply'],
    about: 'the zone moves to these servers and is not delegated to them yet',
  },
  'dry-run': { type: 'boolean', of: ['eject', 'retarget', 'undo'], about: 'show what would change, and write nothing' },
  list: { type: 'boolean', of: ['undo'], about: 'list the journals' },
  'no-fetch': {
    type: 'boolean',
    of: ['check', 'plan', 'apply', 'eject', 'retarget', 'undo'],
    about: 'do not fetch policy files',
  },
  fleet: { type: 'string', value: 'file', about: 'domains, one a line' },
  records: { type: 'string', of: recordsFrom, value: 'file', about: 'CNAMEs as JSON' },
  cname: { type: 'string', multiple: true, of: recordsFrom, about: 'one CNAME: NAME=TARGET' },
  resolver: { type: 'string', multiple: true, about: 'ask this resolver: ADDRESS[:PORT] or a DoH URL' },
  'stub-zone': { type: 'string', multiple: true, about: 'ask this server for a zone: ZONE=ADDRESS[:PORT]' },
  zone: { type: 'string', multiple: true, of: ['print'], about: 'the zone of the records in it' },
  format: { type: 'string', of: ['print'], value: recordFormatNames, about: 'how the records are written' },
  dns: {
    type: 'string',
    of: writes,
    value: [...dnsServices.map(({ id }) => id), 'manual'],
    orFile: true,
    about: 'the DNS service',
  },
  conflict: { type: 'string', of: ['plan', 'apply'], value: ['fail', 'adopt', 'replace'], about: 'what may make way' },
  adopted: { type: 'string', of: ['undo'], value: ['restore', 'remove'], about: 'what becomes of adopted records' },
  name: { type: 'string', multiple: true, of: ['undo'], about: 'only this name, and what lies beneath' },
  'allow-weaker': {
    type: 'string',
    of: ['plan', 'apply', 'retarget', 'undo'],
    about: 'why protection may become weaker',
  },
  journal: {
    type: 'string',
    of: ['apply', 'eject', 'retarget', 'undo'],
    value: 'folder',
    about: 'where journals are kept',
  },
  plan: { type: 'string', of: ['apply'], value: 'file', about: 'apply exactly this plan' },
  ttl: { type: 'string', of: ['plan', 'apply', 'print'], about: 'seconds, for records without a TTL of their own' },
  concurrency: { type: 'string', of: ['check'], about: 'domains looked at at once' },
  from: { type: 'string', of: ['retarget'], about: 'the host that the CNAMEs lead to now' },
  to: { type: 'string', of: ['retarget'], about: 'the host that they shall lead to' },
  wait: { type: 'boolean', of: ['retarget'], about: 'wait until resolvers have forgotten the old targets, and look' },
  reports: {
    type: 'string',
    multiple: true,
    of: ['evidence'],
    value: 'file',
    about: 'reports: a file, or a folder of them',
  },
  target: { type: 'string', of: ['evidence'], value: evidenceTargets, about: 'what the policy may become' },
  mine: { type: 'string', multiple: true, of: ['evidence'], about: 'this source is yours' },
  'not-mine': { type: 'string', multiple: true, of: ['evidence'], about: 'this source is not yours' },
  'presume-rest-not-mine': {
    type: 'boolean',
    of: ['evidence'],
    about: 'presume that sources beyond the first 20 to answer are not yours',
  },
  parked: { type: 'boolean', of: ['evidence'], about: 'the domain sends no mail' },
  record: { type: 'string', of: ['evidence'], about: 'the DMARC record now, instead of looking it up' },
  provider: { type: 'string', of: ['connect'], about: 'the id of the template’s provider' },
  service: { type: 'string', of: ['connect'], about: 'the id of the template' },
  variable: { type: 'string', multiple: true, of: ['connect'], about: 'a variable of the template: NAME=VALUE' },
  redirect: { type: 'string', of: ['connect'], about: 'where the browser goes afterwards' },
} as const satisfies { readonly [name: string]: Option }

/** The options of a command, in the order of the table. */
export function optionsOf(command: Command): { name: string; option: Option }[] {
  return Object.entries(options as { readonly [name: string]: Option })
    .filter(([, { of }]) => of === undefined || of.includes(command))
    .map(([name, option]) => ({ name, option }))
}
