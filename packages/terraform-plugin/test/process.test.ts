import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { frame, GrpcClient } from '../src/testing/grpc-client.ts'
import { PluginProcess } from './support/plugin-process.ts'

const main = resolve(import.meta.dirname, 'process/main.ts')
const running: PluginProcess[] = []

function start(env?: NodeJS.ProcessEnv): PluginProcess {
  const plugin = new PluginProcess([process.execPath, main], env)
  running.push(plugin)
  return plugin
}

afterEach(async () => {
  for (const plugin of running.splice(0)) await plugin.end()
})

describe('a provider process', () => {
  it('prints one handshake line, whatever the provider prints while it loads', async () => {
    const plugin = start()
    const { line } = await plugin.handshake()
    expect(line).toMatch(/^1\|6\|unix\|[^|]+\.sock\|grpc\|[A-Za-z0-9+/]+$/)
    const client = await plugin.connect()
    await client.call('GetMetadata', {})
    client.close()
    expect(plugin.stdout).toBe(`${line}\n`)
    expect(plugin.stderr).toContain('the disk provider is loading')
  })

  it('answers a client with the certificate Terraform passed', async () => {
    const client = await start().connect()
    const { provider, resource_schemas } = await client.call('GetProviderSchema', {})
    expect(provider?.block?.attributes).toMatchObject([{ name: 'folder', required: true }])
    expect(Object.keys(resource_schemas ?? {})).toEqual(['disk_file'])
    client.close()
  })

  it('streams what a list finds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'disk-'))
    try {
      for (const name of ['a', 'b', 'c']) await writeFile(join(folder, name), name.repeat(100_000))
      const client = await start().connect()
      const config = (fields: string[]) => ({ msgpack: Buffer.from(fields.join(''), 'hex') })
      const text = (value: string) => [
        `d9${value.length.toString(16).padStart(2, '0')}`,
        Buffer.from(value).toString('hex'),
      ]
      await client.call('ConfigureProvider', { config: config(['81', ...text('folder'), ...text(folder)]) })
      const found = []
      const request = { type_name: 'disk_file', config: config(['80']), include_resource_object: true, limit: 2 }
      for await (const event of client.stream('ListResource', request)) found.push(event)
      expect(found.map(({ display_name }) => display_name)).toEqual(['a', 'b'])
      expect(found.map(({ resource_object }) => (resource_object?.msgpack?.length ?? 0) > 100_000)).toEqual([
        true,
        true,
      ])
      client.close()
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('runs the shutdown function of a configured provider before it answers Shutdown, and not when it is killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'disk-'))
    try {
      const plugin = start()
      const client = await plugin.connect()
      const hex = `81a6${Buffer.from('folder').toString('hex')}d9${folder.length.toString(16)}${Buffer.from(folder).toString('hex')}`
      await client.call('ConfigureProvider', { config: { msgpack: Buffer.from(hex, 'hex') } })
      const other = await start().connect()
      await other.call('ConfigureProvider', { config: { msgpack: Buffer.from(hex, 'hex') } })
      other.close()
      expect(existsSync(join(folder, 'shut-down'))).toBe(false)
      await client.send('/plugin.GRPCController/Shutdown', frame(new Uint8Array(0)))
      expect(existsSync(join(folder, 'shut-down'))).toBe(true)
      client.close()
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it.each(['wrong', 'none'] as const)('refuses a client with %s certificate', async (identity) => {
    await expect(start().connect(identity)).rejects.toThrow(/alert|closed|ECONNRESET/)
  })

  it('is not encrypted without a certificate, as those expect who start a provider to attach Terraform to it', async () => {
    const { path, line } = await start({ PLUGIN_CLIENT_CERT: '' }).handshake()
    expect(line).toMatch(/\|grpc\|$/)
    const client = await GrpcClient.connect(path)
    expect(Object.keys((await client.call('GetMetadata', {})).resources ?? [])).toHaveLength(1)
    client.close()
  })

  it('ends soon after Shutdown and removes its socket', async () => {
    const plugin = start()
    const { path } = await plugin.handshake()
    expect(existsSync(path)).toBe(true)
    const client = await plugin.connect()
    const { status } = await client.send('/plugin.GRPCController/Shutdown', frame(new Uint8Array(0)))
    expect(status).toBe(0)
    expect(await plugin.exit).toBe(0)
    expect(existsSync(path)).toBe(false)
    client.close()
  })

  it('ends when Terraform is gone without a word', async () => {
    const plugin = start()
    const client = await plugin.connect()
    client.close()
    expect(await plugin.exit).toBe(0)
  })

  it('leaves Ctrl-C to Terraform', async () => {
    const plugin = start()
    const client = await plugin.connect()
    plugin.signal('SIGINT')
    // Fixed sleep: nothing signals that a process ignored SIGINT.
    await wait(50)
    expect(Object.keys((await client.call('GetMetadata', {})).resources ?? [])).toHaveLength(1)
    client.close()
  })

  it('removes its socket when it ends', async () => {
    const plugin = start()
    const { path } = await plugin.handshake()
    plugin.signal('SIGTERM')
    expect(await plugin.exit).toBe(143)
    expect(existsSync(path)).toBe(false)
  })

  it('fails with an explanation when a person starts it', async () => {
    const plugin = start({ TF_PLUGIN_MAGIC_COOKIE: '' })
    expect(await plugin.exit).toBe(1)
    expect(plugin.stdout).toBe('')
    expect(plugin.stderr).toMatch(/is a Terraform provider.*terraform init/)
  })

  it('fails with an explanation when Terraform is too old for protocol 6', async () => {
    const plugin = start({ PLUGIN_PROTOCOL_VERSIONS: '4,5' })
    expect(await plugin.exit).toBe(1)
    expect(plugin.stderr).toMatch(/offers plugin protocol 4 and 5, but this provider speaks protocol 6/)
  })
})
