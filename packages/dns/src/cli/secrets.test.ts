import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dnsServices } from '../services/catalogue.ts'
import type { ServiceEntry } from '../services/types.ts'
import { type Io, runCli } from './main.ts'
import { commands, options } from './options.ts'

// Each secret is told apart from everything a message may hold, plain and as base64.
const canary = 'c4n4ry5ecret7h4tmustnotbeseen00'
const base64 = Buffer.from(canary).toString('base64')
const entries: readonly ServiceEntry[] = dnsServices

/** Settings of a service with a canary in the place of every secret. */
function settings(entry: ServiceEntry): object {
  const config: { [name: string]: unknown } = { type: entry.id }
  for (const field of entry.fields) {
    if (!field.secret && !field.required) continue
    const plain = field.type === 'url' ? 'https://127.0.0.1:1' : '127.0.0.1'
    const value = field.secret ? base64 : plain
    const [object = '', inner] = field.name.split('.')
    config[object] = inner === undefined ? value : { ...(config[object] as object | undefined), [inner]: value }
  }
  return config
}

const zone = { id: canary, name: canary }
const record = { name: `_dmarc.${canary}`, type: 'CNAME', value: canary, ttl: canary }

const files: { readonly [name: string]: string } = {
  ...Object.fromEntries(entries.map((entry) => [`settings-${entry.id}.json`, JSON.stringify(settings(entry))])),
  'settings-mistyped.json': JSON.stringify({ type: canary, apiToken: canary }),
  'settings-nested.json': JSON.stringify({ type: 'cloudflare', apiToken: { value: canary } }),
  'settings-broken.json': `{"type":"cloudflare","apiToken":"${canary}"`,
  'token.txt': `${canary}\n`,
  'tsig.key': `key "k" {\n  algorithm hmac-sha256;\n  secret "${base64}";\n};\n`,
  '.env': `CLOUDFLARE_API_TOKEN=${canary}\nDNS_UPDATE_KEYSECRET='${base64}'\n`,
  'google.json': JSON.stringify({ type: 'service_account', private_key: canary, client_email: `${canary}@x.test` }),
  'google-odd.json': JSON.stringify({ type: canary, private_key: canary }),
  'text.json': JSON.stringify(canary),
  'list.json': JSON.stringify([canary, { name: canary }, { name: canary, value: canary }, [canary]]),
  'records.json': JSON.stringify({ cname_records: [record, { ...record, ttl: 300 }] }),
  'plan.json': JSON.stringify({ version: canary, service: canary, conflict: canary, items: [{ record, zone }] }),
  'plan-2.json': JSON.stringify({
    version: 1,
    service: canary,
    conflict: canary,
    items: [{ record, action: canary, message: canary, notes: [canary], zone, before: [], after: [] }],
  }),
  'journal.json': JSON.stringify({
    version: 1,
    id: 'journal',
    service: canary,
    startedAt: canary,
    state: canary,
    entries: [{ zone, name: canary, before: [{ name: canary }], after: [] }],
  }),
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'))
  await mkdir(join(folder, 'journals'))
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text)
    if (name.endsWith('.json')) await writeFile(join(folder, 'journals', name), text)
  }
})
afterAll(() => rm(folder, { recursive: true }))

async function run(argv: string[], more: Partial<Io> = {}): Promise<{ code: number; shown: string }> {
  let shown = ''
  const io: Io = {
    out(text) {
      shown += text
    },
    err(text) {
      shown += text
    },
    readInput: async () => '',
    confirm: async () => false,
    env: {},
    terminal: false,
    signal: new AbortController().signal,
    client: {
      async query() {
        throw Object.assign(new Error('nothing answers here'), { name: 'DnsQueryError', reason: 'timed-out' })
      },
    },
    // A refusal, because a network failure would be tried again for seconds.
    fetch: async () => new Response('', { status: 403 }),
    ...more,
  }
  return { code: await runCli(argv, io, '1.2.3'), shown }
}

// Flags that take a file, or something that a file can be given for by mistake.
const flags = ['--records', '--fleet', '--dns', '--plan', '--journal', '--resolver', '--stub-zone', '--name']

describe('files with secrets, given where another file is expected', () => {
  const cases = commands.flatMap((command) =>
    flags.flatMap((flag) => Object.keys(files).map((file) => [command, flag, file])),
  )
  it.each(cases)('%s %s %s shows none of it', async (command = '', flag = '', file = '') => {
    const path = join(folder, file)
    const more = flag === '--dns' ? ['--cname', '_dmarc.a.test=b.test'] : []
    for (const extra of [[], ['--json']]) {
      const { shown } = await run([command, ...more, flag, path, ...extra])
      expect(shown).not.toContain(canary)
      expect(shown).not.toContain(base64)
      expect(shown).not.toContain(base64.slice(0, 20))
    }
  })

  it.each(Object.keys(files))('%s on standard input shows none of it', async (file) => {
    for (const flag of ['--records', '--fleet', '--dns', '--plan']) {
      const { shown } = await run(['plan', flag, '-'], { readInput: async () => files[file] ?? '' })
      expect(shown).not.toContain(canary)
      expect(shown).not.toContain(base64.slice(0, 20))
    }
  })

  it('a folder of damaged journals shows none of them', async () => {
    for (const argv of [['undo'], ['undo', '--list'], ['undo', 'journal'], ['undo', 'plan-2']]) {
      const { code, shown } = await run([...argv, '--journal', join(folder, 'journals')])
      expect(code).not.toBe(0)
      expect(shown).not.toContain(canary)
    }
  })

  // What people paste where a file or a name is expected.
  const pasted = [canary, base64, `${canary}/x.y`, `{"apiToken":"${canary}./"}`, `https://u:${canary}@127.0.0.1:1/`]
  const valued = Object.entries(options).filter(([, { type }]) => type === 'string')
  it.each(commands)(
    '%s shows none of a secret that is given in the place of the value of any option',
    async (command) => {
      for (const [flag] of valued) {
        for (const value of [...pasted, `_dmarc.a.test=${canary}`, `${canary}=b.test`]) {
          // A link of Domain Connect holds its variables.
          if (flag === 'variable' && value.includes('=')) continue
          for (const extra of [[], ['--json'], ['example.com']]) {
            const { shown } = await run([command, `--${flag}`, value, ...extra])
            expect(shown, flag).not.toContain(canary)
            expect(shown, flag).not.toContain(base64.slice(0, 20))
          }
        }
      }
    },
  )

  it.each(commands)('%s shows none of what is given in the place of a name, and is misused', async (command) => {
    const needed = { evidence: ['--reports', folder], connect: ['--provider', 'a', '--service', 'b'] }
    const moving = ['--from', 'old.test', '--to', 'new.test']
    const more = { ...needed, retarget: moving }[command as string] ?? []
    // A journal's id may be any word, and one that is not there is named.
    for (const value of pasted.slice(command === 'undo' ? 1 : 0)) {
      const { code, shown } = await run([command, value, ...more])
      expect([code, shown]).toEqual([64, expect.not.stringContaining(canary)])
      expect(shown).not.toContain(base64.slice(0, 20))
    }
  })

  const plan = ['plan', '--cname', '_dmarc.a.test=b.test']
  it('a variable with a secret in the wrong place shows none of it', async () => {
    for (const { id, fields } of entries) {
      for (const name of fields.flatMap((field) => (field.secret ? [] : (field.env ?? [])))) {
        const { shown } = await run([...plan, '--dns', id], { env: { [name]: `!${canary}!` } })
        expect(shown, name).not.toContain(canary)
      }
    }
    const named = ['GOOGLE_APPLICATION_CREDENTIALS', 'AZURE_FEDERATED_TOKEN_FILE']
    const env = {
      ...Object.fromEntries(named.map((name) => [name, `{"private_key":"${canary}"}`])),
      AZURE_TENANT_ID: 't',
    }
    for (const service of ['google', 'azure']) {
      const all = { ...env, AZURE_CLIENT_ID: 'c', AZURE_SUBSCRIPTION_ID: 's', GOOGLE_CLOUD_PROJECT: 'p' }
      const { code, shown } = await run([...plan, '--dns', service, '--json'], { env: all })
      expect([code, shown]).toEqual([3, expect.stringContaining('cannot be read (ENOENT)')])
      expect(shown).not.toContain(canary)
    }
    for (const value of pasted) expect((await run(plan, { env: { DMARC_DNS: value } })).shown).not.toContain(canary)
  })

  // Services, proxies and libraries quote what they were sent.
  const echo: typeof fetch = async (address, init) => {
    const words = `${address} ${JSON.stringify(init?.headers)} ${init?.body}`
    const body = { message: words, detail: words, error: words, errors: [{ code: 1, message: words }] }
    return new Response(JSON.stringify(body), { status: 400 })
  }
  it.each(entries.map(({ id }) => id).filter((id) => id !== 'exec'))(
    '%s shows none of the secrets in its environment, whatever the service answers',
    async (id) => {
      const entry = entries.find((each) => each.id === id)
      for (const secret of [canary, `${canary}\n`, base64]) {
        const variables = entry?.fields.flatMap(({ env, type, options: words, secret: isSecret }) => {
          const plain = words?.[0] ?? (type === 'url' ? 'https://127.0.0.1:1' : type === 'integer' ? '53' : '127.0.0.1')
          return env?.[0] === undefined ? [] : [[env[0], isSecret ? secret : plain] as const]
        })
        const env = Object.fromEntries(variables ?? [])
        const { shown } = await run([...plan, '--dns', id, '--json'], { env, fetch: echo })
        expect(shown).not.toContain(canary)
        expect(shown).not.toContain(base64.slice(0, 20))
      }
    },
  )
})
