import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startKnot } from '../../../../test-support/knot.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { type Route53Front, startRoute53Front } from '../../../../test-support/stand-in-aws/route53-front.ts'
import { cnameAt } from '../cname-at.ts'
import { awsVersion, openProject, type Project } from '../project.ts'
import { findAwsProvider, providerFolders, withAwsProvider } from '../real-aws-provider.ts'
import { sandboxEnv } from './sandbox-env.ts'

const example = join(import.meta.dirname, '../../../../examples/cdktf-route53')
const awsProvider = await findAwsProvider(providerFolders(process.env), await awsVersion())
const names = ['example.test', 'shop.test', 'parked.test']

describe.skipIf(!hasPrograms('knotd', 'terraform'))(
  'examples/cdktf-route53, with Knot in the place of Route 53',
  () => {
    const key = { name: 'stand-in', algorithm: 'hmac-sha256' as const, secret: randomBytes(32).toString('base64') }
    let knot: DnsDaemon
    let front: Route53Front | undefined
    let sandbox: Sandbox
    let project: Project
    beforeAll(async () => {
      knot = await startKnot({
        zones: names.map((name) => ({ name, records: ['mx IN A 192.0.2.1', '@ IN MX 10 mx'] })),
        keys: [key],
      })
      sandbox = await createSandbox({ stubZones: names.map((zone) => ({ zone, servers: [knot] })) })
      const standInDns = { server: knot.address, port: knot.port, key }
      if (awsProvider) front = await startRoute53Front(standInDns, names)
      project = await openProject({ from: example, stack: 'mail', env: sandboxEnv(sandbox), standInDns, awsProvider })
    })
    afterAll(async () => {
      await project?.close()
      await front?.close()
      await sandbox?.close()
      await knot?.close()
    })

    it('is verified after one apply, has nothing to do after that, and leaves nothing behind', {
      // The real provider waits up to half a minute before it asks whether a change is in sync.
      timeout: awsProvider ? 600_000 : 180_000,
    }, async () => {
      await project.node('main.ts')
      const url = front?.url
      if (awsProvider && url) await project.amend((stack) => withAwsProvider(stack, awsProvider, url))
      await project.terraform('init', '-no-color')
      expect((await project.plan()).every(({ actions }) => actions.join() === 'create')).toBe(true)
      await project.terraform('apply', '-auto-approve', '-no-color')
      expect(await project.outputs()).toEqual({ 'example-ready': true, 'shop-ready': true, 'parked-ready': true })
      expect(await cnameAt(knot, '_dmarc.shop.test')).toMatch(/\.dmarc\.hosted\.test$/)
      expect(await cnameAt(knot, '_smtp._tls.example.test')).toMatch(/\.tls-rpt\.hosted\.test$/)
      expect(await cnameAt(knot, 'mta-sts.parked.test')).toBeUndefined()
      expect(await project.plan()).toEqual([])
      await project.terraform('destroy', '-auto-approve', '-no-color')
      expect(await cnameAt(knot, '_dmarc.shop.test')).toBeUndefined()
    })
  },
)
