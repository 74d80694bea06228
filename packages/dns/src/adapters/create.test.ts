import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { leastSettings } from '../../test/sample-settings.ts'
import { dnsServices } from '../services/catalogue.ts'

const settings = [...dnsServices.map(leastSettings), { type: 'manual' }]

describe('createAdapter', () => {
  it('loads the AWS SDK when Route 53 is asked for, and not before', async () => {
    const script = `
      import { registerHooks } from 'node:module'
      let sdk = 0
      registerHooks({ resolve(name, context, next) { if (name.startsWith('@aws-sdk/')) sdk++; return next(name, context) } })
      const { createAdapter } = await import('@dmarc-as-code/dns/adapters')
      for (const config of ${JSON.stringify(settings.filter(({ type }) => type !== 'route53'))}) await createAdapter(config)
      const before = sdk
      await createAdapter({ type: 'route53' })
      console.log(JSON.stringify({ before, after: sdk > 0 }))`
    const flags = ['--conditions=@dmarc-as-code/source', '--no-warnings', '--input-type=module', '-e', script]
    const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: import.meta.dirname })
    expect(JSON.parse(stdout)).toEqual({ before: 0, after: true })
  })
})
