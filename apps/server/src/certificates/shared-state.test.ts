import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { readStoreKeys } from '../app/store-keys.ts'
import { dropExpiredAcmeState, readAcmeState, writeAcmeState } from '../store/acme-state.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { cachedCertificates } from './cached-certificates.ts'
import { certificateFolder, earlierAccountKey } from './certificate-folder.ts'
import { followCertificates } from './follow-certificates.ts'
import { localCa } from './local-ca.ts'
import { sealer } from './sealing.ts'
import type { CertificateSource } from './source.ts'
import { storedAccountKey } from './stored-account.ts'
import { storedCertificates } from './stored-certificates.ts'
import { storedChallenges } from './stored-challenges.ts'

const HOST = 'mta-sts.example.test'
const directory = 'https://ca.example/dir'
const signal = () => AbortSignal.timeout(60_000)
const none = async () => undefined
const key = randomBytes(32)

describeEngines('the ACME state of replicas', (fresh) => {
  let location: string
  let store: Store
  let folder: string
  let source: CertificateSource
  let orders: number
  const stops: (() => Promise<void>)[] = []
  beforeEach(async () => {
    location = await fresh()
    store = await openStore(location)
    folder = await mkdtemp(join(tmpdir(), 'acme-state-'))
    const ca = await localCa()
    orders = 0
    source = {
      getCertificate: (...args) => {
        orders += 1
        return ca.getCertificate(...args)
      },
    }
  })
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  const replica = (onDemand = true) =>
    cachedCertificates(source, { store: storedCertificates(store, sealer([key])), onDemand })

  it('has one certificate for all, and its key only sealed', async () => {
    const first = await replica().getCertificate(HOST, signal())
    expect(await replica(false).getCertificate(HOST, signal())).toEqual(first)
    expect(orders).toBe(1)
    const rows = JSON.stringify(await store.db.selectFrom('acme_state').selectAll().execute())
    expect(rows).toContain('BEGIN CERTIFICATE')
    expect(rows).not.toContain('PRIVATE KEY')
  })

  it('is of no use to the holder of a backup without the key', async () => {
    await replica().getCertificate(HOST, signal())
    await storedAccountKey(store, sealer([key]), directory, none)
    const stolen = sealer([randomBytes(32)])
    await expect(storedCertificates(store, stolen).load(HOST)).rejects.toThrow('are encrypted with the key')
    await expect(storedAccountKey(store, stolen, directory, none)).rejects.toThrow('are encrypted with the key')
    if (store.engine === 'sqlite') {
      await store.close()
      expect((await readFile(location)).includes('PRIVATE KEY')).toBe(false)
      store = await openStore(location)
    }
  })

  it('is read again by a replica when another has renewed a certificate', async () => {
    const [worker, policyHost] = [replica(), replica(false)]
    await worker.getCertificate(HOST, signal())
    const before = await policyHost.getCertificate(HOST, signal())
    const { stop } = followCertificates(store, policyHost, { poll: 20, onError: (error) => expect(error).toBe('none') })
    stops.push(stop)
    const renewed = await (await localCa()).getCertificate(HOST, signal())
    await storedCertificates(store, sealer([key])).save(HOST, renewed)
    await expect.poll(() => policyHost.getCertificate(HOST, signal())).toEqual(renewed)
    expect(renewed).not.toEqual(before)
  })

  it('keeps a worker from renewing what another one has renewed', async () => {
    const worker = replica()
    await worker.getCertificate(HOST, signal())
    const renewed = await (await localCa()).getCertificate(HOST, signal())
    await storedCertificates(store, sealer([key])).save(HOST, renewed)
    await worker.keepCurrent(HOST, none, signal())
    expect(await worker.getCertificate(HOST, signal())).toEqual(renewed)
    expect(orders).toBe(1)
  })

  it('has one account, whichever replica comes first', async () => {
    const secrets = sealer([key])
    const keys = await Promise.all([1, 2, 3].map(() => storedAccountKey(store, secrets, directory, none)))
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toContain('PRIVATE KEY')
    expect(await storedAccountKey(store, secrets, 'https://other.example/dir', none)).not.toBe(keys[0])
  })

  it('takes over what earlier releases kept in the folder', async () => {
    const secrets = sealer([key])
    const old = await (await localCa()).getCertificate(HOST, signal())
    await writeFile(join(folder, 'acme-account.pem'), 'the old account')
    await writeFile(join(folder, `${HOST}.pem`), `${old.key.trimEnd()}\n${old.cert}`)
    expect(await storedAccountKey(store, secrets, directory, () => earlierAccountKey(folder))).toBe('the old account')
    expect(await storedCertificates(store, secrets, certificateFolder(folder)).load(HOST)).toEqual(old)
    expect(await storedCertificates(store, secrets).load(HOST)).toEqual(old)
  })

  it('gives the proof of one replica to another, and forgets it in the end', async () => {
    const worker = storedChallenges(store, 'http-01', () => 1000)
    await worker.put('token', 'proof')
    await worker.put('lost', 'proof')
    expect(await storedChallenges(store, 'http-01', Date.now).get('token')).toBe('proof')
    expect(await storedChallenges(store, 'tls-alpn-01', Date.now).get('token')).toBeUndefined()
    await worker.remove('token')
    expect(await worker.get('token')).toBeUndefined()
    await writeAcmeState(store, 'directory', directory, '[]')
    await dropExpiredAcmeState(store.db, 1000 + 7_200_000)
    expect(await worker.get('lost')).toBeUndefined()
    expect(await readAcmeState(store.db, 'directory', directory)).toBe('[]')
  })
})

describe('the key for the secrets in the store', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'store-key-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is made in the folder once, readable only by its owner', async () => {
    const inside = join(folder, 'new')
    const [made] = await readStoreKeys({ folder: inside })
    expect(made).toHaveLength(32)
    expect(await readStoreKeys({ folder: inside })).toEqual([made])
    expect((await stat(join(inside, 'store.key'))).mode & 0o777).toBe(0o600)
  })

  it('is taken from the settings or a file, with older ones behind it', async () => {
    const [one, two] = [randomBytes(32), randomBytes(32)]
    const file = join(folder, 'keys')
    await writeFile(file, `${one.toString('base64')}\n${two.toString('base64')}\n`)
    expect(await readStoreKeys({ storeKeyFile: file })).toEqual([one, two])
    expect(await readStoreKeys({ storeKey: `${two.toString('base64')},${one.toString('base64')}` })).toEqual([two, one])
  })

  it.each([
    ['is missing', {}, /storeKey: is missing/],
    ['is too short', { storeKey: Buffer.alloc(16).toString('base64') }, /storeKey: expected keys of 32 bytes/],
    ['is in no readable file', { storeKeyFile: '/none/at/all' }, /storeKeyFile: the file .* does not exist/],
  ])('is asked for where it %s, without quoting it', async (_, settings, message) => {
    await expect(readStoreKeys(settings)).rejects.toThrow(message)
    await expect(readStoreKeys(settings)).rejects.not.toThrow('AAAA')
  })
})
