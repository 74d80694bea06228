import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigStore } from './config-store.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
  path = join(folder, 'config.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = () => new ConfigStore(path, () => 42)

describe('ConfigStore', () => {
  it('starts empty and keeps changes over a restart', () => {
    expect(open().get().connections).toEqual([])
    open().update((config) => ({ ...config, preferences: { ...config.preferences, theme: 'dark' } }))
    expect(open().get().preferences.theme).toBe('dark')
    expect(readdirSync(folder)).toEqual(['config.json'])
  })

  it('fills in what an older version did not know', () => {
    writeFileSync(path, JSON.stringify({ version: 1, preferences: { theme: 'light' } }))
    expect(open().get().preferences).toMatchObject({ theme: 'light', notifications: true })
  })

  it('keeps what a newer version wrote, and does not need it', () => {
    const good = { id: 'c1', kind: 'vendor', title: 'A', baseUrl: 'https://a.example' }
    const newer = { id: 'c2', kind: 'federated', title: 'B', baseUrl: 'https://b.example' }
    writeFileSync(
      path,
      JSON.stringify({
        version: 7,
        newField: { a: 1 },
        connections: [good, newer],
        preferences: { theme: 'sepia', notifications: false, density: 'compact' },
        dnsAccess: { 'a.example': { service: 'cloudflare', secret: 'dns:a' }, 'b.example': 7 },
        window: { x: 'left' },
      }),
    )
    const store = open()
    expect(store.setAside).toBeUndefined()
    expect(store.get()).toMatchObject({
      connections: [good],
      preferences: { theme: 'system', notifications: false },
      dnsAccess: { 'a.example': { service: 'cloudflare' } },
    })
    store.update((config) => ({ ...config, preferences: { ...config.preferences, startAtLogin: true } }))
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      version: 7,
      newField: { a: 1 },
      connections: [good, newer],
      preferences: { theme: 'sepia', notifications: false, density: 'compact', startAtLogin: true },
      dnsAccess: { 'a.example': { service: 'cloudflare' }, 'b.example': 7 },
    })
    store.update((config) => ({ ...config, preferences: { ...config.preferences, theme: 'dark' } }))
    expect(JSON.parse(readFileSync(path, 'utf8')).preferences.theme).toBe('dark')
  })

  it('reads the last notifications under their earlier name', () => {
    writeFileSync(path, JSON.stringify({ version: 1, told: { 'c1/1/1': 'ready', 'c1/1/2': 'dreaming' } }))
    expect(open().get().lastNotified).toEqual({ 'c1/1/1': 'ready' })
  })

  it('sets an unreadable file aside and says where', () => {
    writeFileSync(path, '{"version": 1, "connections": [{')
    const store = open()
    expect(store.setAside).toBe(`${path}.unreadable-42`)
    expect(readFileSync(String(store.setAside), 'utf8')).toContain('connections')
    expect(store.get().connections).toEqual([])
  })

  it('fails on a change that would not be readable, and keeps the old state', () => {
    const store = open()
    expect(() => store.update((config) => ({ ...config, window: { x: 0, y: 0, width: -1, height: 1 } }))).toThrow()
    expect(store.get().window).toBeUndefined()
    expect(readdirSync(folder)).toEqual([])
  })
})
