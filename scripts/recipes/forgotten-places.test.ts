import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Edit, type Outcome, SourceCopy } from './source-copy.ts'

/**
 * Each case makes the first change of a recipe in CONTRIBUTING.md and forgets another one: what the recipe names as
 * "Fails otherwise" must fail, and say where.
 */
interface Case {
  readonly recipe: string
  readonly forgets: string
  readonly edits: readonly Edit[]
  /** The package whose types, or whose test file, notices. */
  readonly noticedBy: { readonly types: string } | { readonly package: string; readonly test: string }
  /** Every one of these stands in what is printed. */
  readonly says: readonly RegExp[]
}

const added = (file: string, find: RegExp, replace: string): Edit => ({ file, find, replace })

const newRoute = added(
  'packages/client/src/routes.ts',
  /^export const routes = \{\n/m,
  "$&  listColours: { method: 'GET', path: '/v2/colours.json', assumed: false, extension: true },\n",
)
const newOperation = added(
  'packages/client/src/contract/operations.ts',
  /^ {2}getDomain: \{/m,
  "  listColours: { summary: 'All colours', params: none, status: 200, response: message },\n$&",
)
const newField = added(
  'packages/client/src/contract/domains.ts',
  /^export const domain = z\.object\(\{\n/m,
  '$&  colour: z.string(),\n',
)
const fieldIsRead = added(
  'packages/client/src/read/domain.ts',
  /^export interface Domain \{\n/m,
  '$&  colour?: string\n',
)
const newKind = added(
  'packages/records/src/names/record-kinds.ts',
  /^export const recordKindTable = \{\n/m,
  "$&  bimi: { title: 'BIMI', prefix: 'default._bimi', service: 'hosted_dmarc', wireWord: 'bimi', content: 'txt', targetLabel: 'bimi' },\n",
)

const cases: readonly Case[] = [
  {
    recipe: 'Add a DNS service',
    forgets: 'the adapter',
    edits: [
      added(
        'packages/dns/src/services/catalogue.ts',
        /^export const dnsServices = \[\n/m,
        "$&  { ...desec, id: 'example' },\n",
      ),
    ],
    noticedBy: { types: 'packages/dns' },
    says: [/adapters\/create\.ts.*'?example'?/],
  },
  {
    recipe: 'Add a DNS service',
    forgets: 'its test against a stand-in',
    edits: [
      added(
        'packages/dns/src/services/catalogue.ts',
        /^export const dnsServices = \[\n/m,
        "$&  { ...desec, id: 'example' },\n",
      ),
    ],
    noticedBy: { package: 'packages/dns', test: 'src/services/catalogue.test.ts' },
    says: [/example: runs the contract of all adapters in its test/],
  },
  {
    recipe: 'Add a reason',
    forgets: 'the words',
    edits: [
      added('packages/records/src/reasons/cname.ts', /^export const cnameReasons = \{\n/m, "$&  'example-code': {},\n"),
    ],
    noticedBy: { types: 'packages/records' },
    says: [/reasons\/cname\.ts/, /title|explanation|ReasonEntry/],
  },
  {
    recipe: 'Add a reason',
    forgets: 'the entry of a code that a report is refused with',
    edits: [
      added('packages/reports/src/node/zip.ts', /ReportFault\('archive-encrypted'\)/, "ReportFault('example-code')"),
    ],
    noticedBy: { types: 'packages/reports' },
    says: [/node\/zip\.ts.*"example-code"/],
  },
  {
    recipe: 'Add a domain attribute',
    forgets: 'reading it in the client',
    edits: [newField],
    noticedBy: { types: 'packages/client' },
    says: [/contract\/domain-fields\.test\.ts[\s\S]*"colour"/],
  },
  {
    recipe: 'Add a domain attribute',
    forgets: 'writing it in the client',
    edits: [
      added(
        'packages/client/src/contract/domains.ts',
        /^export const updateDomainBody = z\.strictObject\(\{\n {2}domain: z\.strictObject\(\{\n/m,
        '$&    colour: z.string().optional(),\n',
      ),
    ],
    noticedBy: { types: 'packages/client' },
    says: [/contract\/domain-fields\.test\.ts[\s\S]*"colour"/],
  },
  {
    recipe: 'Add a domain attribute',
    forgets: "the server's answer",
    edits: [newField, fieldIsRead],
    noticedBy: { types: 'apps/server' },
    says: [/api\/domain-answer\.ts.*'colour'/],
  },
  {
    recipe: 'Add a domain attribute',
    forgets: 'the Terraform attribute',
    edits: [newField, fieldIsRead],
    noticedBy: { package: 'packages/terraform-provider', test: 'src/resources/domain/domain-fields.test.ts' },
    says: [/colour/],
  },
  {
    recipe: 'Add a domain attribute',
    forgets: "the construct's prop",
    edits: [
      added(
        'packages/terraform-provider/src/resources/domain/domain-schema.ts',
        /^( +)address: /m,
        "$1colour: s.string().optional().describe('Colour.'),\n$&",
      ),
    ],
    noticedBy: { package: 'packages/cdktf', test: 'test/domain-props.test.ts' },
    says: [/colour/],
  },
  {
    recipe: 'Add a tray state',
    forgets: "the icon's badge and the mark in the window",
    edits: [added('apps/desktop/src/shared/tray-state.ts', /^export type TrayState =/m, "$& 'paused' |")],
    noticedBy: { types: 'apps/desktop' },
    says: [/tray\/draw-icon\.ts.*'?paused'?/s],
  },
  {
    recipe: 'Add an API route',
    forgets: 'its schemas',
    edits: [newRoute],
    noticedBy: { types: 'packages/client' },
    says: [/contract\/operations\.ts.*listColours/],
  },
  {
    recipe: 'Add an API route',
    forgets: "the server's handler",
    edits: [newRoute, newOperation],
    noticedBy: { package: 'apps/server', test: 'src/api/routes/index.test.ts' },
    says: [/listColours/],
  },
  {
    recipe: 'Add an API route',
    forgets: "the client's method",
    edits: [newRoute, newOperation],
    noticedBy: { package: 'packages/client', test: 'src/resources/every-route.test.ts' },
    says: [/listColours/],
  },
  {
    recipe: 'Add a record kind',
    forgets: 'what is published for it',
    edits: [newKind],
    noticedBy: { types: 'apps/server' },
    says: [/rules\/hosted-records\.ts.*'?bimi'?/s],
  },
  {
    recipe: 'Add a record kind',
    forgets: 'how receivers read it',
    edits: [newKind],
    noticedBy: { types: 'packages/dns' },
    says: [/cli\/receiver-view\.ts.*'bimi'/],
  },
  {
    recipe: 'Add a record kind',
    forgets: 'its part of a verification',
    edits: [newKind],
    noticedBy: { types: 'apps/server' },
    says: [/routes\/verify-hosted-mta-sts\.ts[\s\S]*'bimi'/],
  },
  {
    recipe: 'Add a server setting',
    forgets: 'the table of settings',
    edits: [
      added(
        'apps/server/src/config/schema.ts',
        /^export const configSchema = z\.strictObject\(\{\n/m,
        "$&  colour: z.string().default('blue'),\n",
      ),
    ],
    noticedBy: { package: 'apps/server', test: 'src/config/settings-table.test.ts' },
    says: [/colour/],
  },
  {
    recipe: 'Add a construct prop',
    forgets: 'how its value is checked',
    edits: [
      added(
        'packages/cdktf/src/domain/monitored-domain.ts',
        /^export interface MonitoredDomainProps[^{]*\{\n/m,
        '$&  readonly colour?: string | undefined\n',
      ),
    ],
    noticedBy: { types: 'packages/cdktf' },
    says: [/domain\/monitored-domain\.ts.*'colour'/],
  },
  {
    recipe: 'Add a construct prop',
    forgets: 'its default',
    edits: [
      added(
        'packages/cdktf/src/domain/monitored-domain.ts',
        /^export interface MonitoredDomainProps[^{]*\{\n/m,
        '$&  readonly colour?: string | undefined\n',
      ),
    ],
    noticedBy: { package: 'packages/cdktf', test: 'src/prop-docs.test.ts' },
    says: [/MonitoredDomainProps\.colour/],
  },
  {
    recipe: 'Add a construct prop',
    forgets: 'its section in the README',
    edits: [
      added(
        'packages/cdktf/src/domain/monitored-domain.ts',
        /^export interface MonitoredDomainProps[^{]*\{\n/m,
        '$&  /** Colour. @default none */\n  readonly colour?: string | undefined\n',
      ),
    ],
    noticedBy: { package: 'packages/cdktf', test: 'test/domain-props.test.ts' },
    says: [/colour/],
  },
  {
    recipe: 'Add a user-visible message',
    forgets: 'the entry',
    edits: [added('apps/desktop/src/main/ipc/router.ts', /problem\('bad-request'/, "problem('example-code'")],
    noticedBy: { types: 'apps/desktop' },
    says: [/ipc\/router\.ts.*"example-code"/],
  },
  {
    recipe: 'Add an IPC call',
    forgets: 'the handler',
    edits: [
      added(
        'apps/desktop/src/shared/contract/app-requests.ts',
        /^export const appRequests = \{\n/m,
        '$&  exampleCall: request()(nothing),\n',
      ),
    ],
    noticedBy: { types: 'apps/desktop' },
    says: [/handlers\/app-handlers\.ts.*'exampleCall'/],
  },
]

describe('what a recipe says fails when a place is forgotten', () => {
  let copy: SourceCopy
  beforeAll(async () => {
    copy = await SourceCopy.create()
  })
  afterAll(() => copy.remove())

  /** What the compiler says of a package with all that is forgotten in it: one run takes as long as any single one. */
  const compiled = new Map<string, Promise<Outcome>>()
  function compile(folder: string): Promise<Outcome> {
    const noticed = cases.filter(({ noticedBy }) => 'types' in noticedBy && noticedBy.types === folder)
    const edits = new Set(noticed.flatMap((each) => each.edits))
    const outcome = compiled.get(folder) ?? copy.changed([...edits], () => copy.types(folder))
    compiled.set(folder, outcome)
    return outcome
  }

  it.each(cases)('$recipe, without $forgets, is noticed', { timeout: 180_000 }, async ({ edits, noticedBy, says }) => {
    const { ok, output } =
      'types' in noticedBy
        ? await compile(noticedBy.types)
        : await copy.changed(edits, () => copy.test(noticedBy.package, noticedBy.test))
    expect(ok, output).toBe(false)
    for (const words of says) expect(output).toMatch(words)
  })

  it.each(['packages/client', 'packages/dns', 'apps/server'])(
    '%s compiles without a change',
    { timeout: 180_000 },
    async (folder) => {
      expect(await copy.types(folder)).toMatchObject({ ok: true })
    },
  )
})
