import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { ServiceId } from '../engine/types.ts'
import { createAdapter } from './create.ts'

const settings: Record<Exclude<ServiceId, 'memory'>, object> = {
  rfc2136: { server: '127.0.0.1' },
  route53: { accessKeyId: 'a', secretAccessKey: 'b' },
  cloudflare: { apiToken: 'a' },
  powerdns: { url: 'http://127.0.0.1:8081', apiKey: 'a' },
  google: { project: 'p', accessToken: 'a' },
  azure: { subscriptionId: 's', accessToken: 'a' },
  digitalocean: { token: 'a' },
  manual: {},
}
const services = Object.keys(settings) as (keyof typeof settings)[]

describe('createAdapter', () => {
  it.each(services)('%s: gives an adapter that says what it can do', async (type) => {
    const adapter = await createAdapter({ type, ...settings[type] }, { env: {} })
    expect(adapter.service).toBe(type)
    expect(adapter.label).not.toBe('')
    expect(adapter.abilities.canWrite).toBe(type !== 'manual')
    // What replaces all names in one step also replaces one.
    if (adapter.abilities.canApplyAllAtomically) expect(adapter.abilities.canReplaceAtomically).toBe(true)
    await adapter.close?.()
  })

  it('takes missing secrets from the environment that each field knows', async () => {
    const env = {
      CLOUDFLARE_API_TOKEN: 'a',
      DIGITALOCEAN_TOKEN: 'a',
      PDNS_API_KEY: 'a',
      AZURE_SUBSCRIPTION_ID: 's',
      GOOGLE_CLOUD_PROJECT: 'p',
      GOOGLE_OAUTH_ACCESS_TOKEN: 'a',
    }
    for (const type of ['cloudflare', 'digitalocean', 'azure', 'google'] as const) {
      expect((await createAdapter({ type }, { env })).service).toBe(type)
    }
    expect((await createAdapter({ type: 'powerdns', url: 'http://127.0.0.1:1' }, { env })).service).toBe('powerdns')
  })

  it('loads the AWS SDK when Route 53 is asked for, and not before', async () => {
    const script = `
      import { registerHooks } from 'node:module'
      let sdk = 0
      registerHooks({ resolve(name, context, next) { if (name.startsWith('@aws-sdk/')) sdk++; return next(name, context) } })
      const { createAdapter } = await import('@dmarc-as-code/dns')
      for (const config of ${JSON.stringify(services.filter((type) => type !== 'route53').map((type) => ({ type, ...settings[type] })))}) await createAdapter(config)
      const before = sdk
      await createAdapter(${JSON.stringify({ type: 'route53', ...settings.route53 })})
      console.log(JSON.stringify({ before, after: sdk > 0 }))`
    const flags = ['--conditions=@dmarc-as-code/source', '--no-warnings', '--input-type=module', '-e', script]
    const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: import.meta.dirname })
    expect(JSON.parse(stdout)).toEqual({ before: 0, after: true })
  })
})
