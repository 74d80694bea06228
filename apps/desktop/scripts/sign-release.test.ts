import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDescription } from '../src/main/updates/release-signature.ts'
import { readUpdates } from './built-in-updates.ts'
import { describePackage } from './describe-package.ts'
import { signRelease } from './sign-release.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
let folder = ''
const path = (name: string) => join(folder, name)
const add = (name: string, content = name) => {
  writeFileSync(path(name), content)
  describePackage(path('latest-linux.yml'), path(name), '0.2.0')
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('signing a release', () => {
  it('signs the description of every package', () => {
    add('watch-0.2.0.AppImage')
    add('watch_0.2.0_amd64.deb')
    expect(signRelease(folder, pem)).toEqual(['latest-linux.yml'])
    const described = openDescription(readFileSync(path('latest-linux.yml'), 'utf8'), publicKey)
    expect(load(described)).toMatchObject({
      version: '0.2.0',
      files: [{ url: 'watch-0.2.0.AppImage' }, { url: 'watch_0.2.0_amd64.deb' }],
    })
  })

  it('can be repeated, also after a package was rebuilt', () => {
    add('watch_0.2.0_amd64.deb', 'first')
    signRelease(folder, pem)
    add('watch_0.2.0_amd64.deb', 'second')
    signRelease(folder, pem)
    const described = openDescription(readFileSync(path('latest-linux.yml'), 'utf8'), publicKey)
    expect((load(described) as { files: unknown[] }).files).toHaveLength(1)
  })

  it('fails when a package is not the one described, is missing, or is described nowhere', () => {
    add('watch_0.2.0_amd64.deb')
    writeFileSync(path('watch_0.2.0_amd64.deb'), 'changed')
    expect(() => signRelease(folder, pem)).toThrow('its SHA-512 differs')
    rmSync(path('watch_0.2.0_amd64.deb'))
    expect(() => signRelease(folder, pem)).toThrow('which is not in')
    add('watch_0.2.0_amd64.deb')
    writeFileSync(path('watch-0.2.0.AppImage'), '')
    expect(() => signRelease(folder, pem)).toThrow('no description names watch-0.2.0.AppImage')
    expect(readFileSync(path('latest-linux.yml'), 'utf8')).not.toContain('ed25519')
  })

  it('fails without a description', () => {
    expect(() => signRelease(folder, pem)).toThrow('holds no latest*.yml')
  })
})

describe('building updates in', () => {
  const keyFile = () => path('key.pem')
  const env = (more: object = {}) => ({
    DMARC_WATCH_UPDATES: 'https://releases.example/',
    DMARC_WATCH_UPDATE_KEY: keyFile(),
    ...more,
  })

  it('takes an address and a public key together', () => {
    writeFileSync(keyFile(), publicKey.export({ type: 'spki', format: 'pem' }))
    expect(readUpdates(env())).toMatchObject({ feed: 'https://releases.example/' })
    expect(readUpdates({})).toBeUndefined()
    expect(() => readUpdates({ DMARC_WATCH_UPDATES: 'https://releases.example/' })).toThrow('need both')
    expect(() => readUpdates(env({ DMARC_WATCH_UPDATES: 'http://releases.example/' }))).toThrow('https')
  })

  it('fails on a private key, which would be shipped to everybody', () => {
    writeFileSync(keyFile(), pem)
    expect(() => readUpdates(env())).toThrow('holds a private key')
  })
})
