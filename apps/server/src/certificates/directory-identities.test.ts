import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import acme from 'acme-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { certificateAuthorities as authoritiesOf } from '../app/certificate-authorities.ts'
import { parseConfig } from '../config/load-config.ts'
import type { Config } from '../config/schema.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { localCa } from './local-ca.ts'

describe('the CAA names of a certificate authority', () => {
  let folder: string
  let server: Server | undefined
  let directory: object
  let store: Store
  const certificateAuthorities = (config: Config, options: { ask?: boolean } = {}) =>
    authoritiesOf(config, { store, ...options })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'acme-'))
    store = await openStore(':memory:')
  })
  afterEach(async () => {
    delete acme.axios.defaults.httpsAgent
    stop()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  function stop() {
    server?.closeAllConnections()
    server?.close()
    server = undefined
  }

  async function start() {
    const ca = await localCa()
    server = createServer(await ca.getCertificate('localhost', AbortSignal.timeout(10_000)), (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(directory))
    }).listen(0)
    await once(server, 'listening')
    const roots = join(folder, 'roots.pem')
    await writeFile(roots, ca.caCertificate)
    return settings({ directoryUrl: `https://localhost:${(server.address() as AddressInfo).port}/dir`, roots })
  }
  const settings = (certificates: object, policyHost: object = {}) =>
    parseConfig({
      hostedZone: { name: 'hosting.test', nameServers: [{ name: 'ns1.hosting.test' }] },
      policyHost: {
        addresses: { ipv4: ['192.0.2.1'] },
        certificates: { source: 'acme', folder, ...certificates },
        ...policyHost,
      },
    })
  const named = (...caaIdentities: unknown[]) => ({ newOrder: 'https://ca.test/order', meta: { caaIdentities } })

  it('are those of the directory in use, and stay known while the CA is down', async () => {
    directory = named('CA.example', 'pki.example', 'not a name', 5)
    const config = await start()
    expect(await certificateAuthorities(config)).toEqual(['ca.example', 'pki.example'])
    stop()
    expect(await certificateAuthorities(config)).toEqual(['ca.example', 'pki.example'])
    expect(await certificateAuthorities(config, { ask: false })).toEqual(['ca.example', 'pki.example'])
  })

  it('are none where the directory has none, or is no directory', async () => {
    directory = { newOrder: 'https://ca.test/order' }
    const config = await start()
    expect(await certificateAuthorities(config)).toEqual([])
    stop()
    directory = { hello: 'world' }
    expect(await certificateAuthorities(await start())).toEqual([])
  })

  it('are those of the configuration first, and of Let’s Encrypt where it was never reached', async () => {
    const own = settings({ directoryUrl: 'https://127.0.0.1:9/dir' }, { certificateAuthorities: ['my.example'] })
    expect(await certificateAuthorities(own)).toEqual(['my.example'])
    const never = (directoryUrl: string) => certificateAuthorities(settings({ directoryUrl }), { ask: false })
    expect(await never('https://acme-v02.api.letsencrypt.org/directory')).toEqual(['letsencrypt.org'])
    expect(await never('https://ca.example/directory')).toEqual([])
  })

  it('are not those of another directory that was used before', async () => {
    directory = named('ca.example')
    await certificateAuthorities(await start())
    expect(await certificateAuthorities(settings({ directoryUrl: 'https://127.0.0.1:9/dir' }))).toEqual([])
  })
})
