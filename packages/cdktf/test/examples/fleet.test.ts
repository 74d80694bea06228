import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../test-support/bind.ts'
import { startKnot } from '../../../../test-support/knot.ts'
import { type PowerDns, startPowerDns } from '../../../../test-support/powerdns.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { cnameAt } from '../cname-at.ts'
import { openProject, type Project } from '../project.ts'
import { letDestroy } from './let-destroy.ts'
import { sandboxEnv } from './sandbox-env.ts'

const example = join(import.meta.dirname, '../../../../examples/cdktf-fleet')
const programs = ['named', 'knotd', 'pdns_server', 'pdnsutil', 'sqlite3', 'terraform']

describe.skipIf(!hasPrograms(...programs))(
  'examples/cdktf-fleet, on Knot in the place of Route 53, BIND and PowerDNS',
  () => {
    const key = { name: 'fleet', algorithm: 'hmac-sha256' as const, secret: randomBytes(32).toString('base64') }
    let knot: DnsDaemon
    let bind: DnsDaemon
    let powerdns: PowerDns
    let sandbox: Sandbox
    let project: Project
    beforeAll(async () => {
      knot = await startKnot({ zones: [{ name: 'aws.test' }], keys: [key] })
      bind = await startBind({ zones: [{ name: 'onsite.test' }], keys: [key] })
      powerdns = await startPowerDns({ zones: [{ name: 'pdns.test' }] })
      sandbox = await createSandbox({
        stubZones: [
          { zone: 'aws.test', servers: [knot] },
          { zone: 'onsite.test', servers: [bind] },
          { zone: 'pdns.test', servers: [powerdns] },
        ],
      })
      project = await openProject({
        from: example,
        stack: 'fleet',
        env: {
          ...sandboxEnv(sandbox, { ...bind, key }),
          PDNS_SERVER_URL: powerdns.apiUrl,
          PDNS_API_KEY: powerdns.apiKey,
        },
        standInDns: { server: knot.address, port: knot.port, key },
      })
    })
    afterAll(async () => {
      await project?.close()
      await sandbox?.close()
      for (const server of [knot, bind, powerdns]) await server?.close()
    })

    it('has sixty domains ready after one apply, and leaves nothing behind', { timeout: 240_000 }, async () => {
      await letDestroy(project)
      await project.node('main.ts')
      await project.terraform('init', '-no-color')
      await project.terraform('apply', '-auto-approve', '-no-color')
      expect(await project.outputs()).toEqual({ domains: 60, 'all-ready': true })
      expect(await cnameAt(knot, '_dmarc.oak.aws.test')).toMatch(/\.hosted\.test$/)
      expect(await cnameAt(bind, '_smtp._tls.linden.onsite.test')).toBeUndefined()
      expect(await cnameAt(bind, '_smtp._tls.holly.onsite.test')).toMatch(/\.tls-rpt\.hosted\.test$/)
      expect(await cnameAt(powerdns, '_dmarc.yew.pdns.test')).toMatch(/\.dmarc\.hosted\.test$/)
      expect(await project.plan()).toEqual([])
      await project.terraform('destroy', '-auto-approve', '-no-color')
      expect(await cnameAt(bind, '_dmarc.oak.onsite.test')).toBeUndefined()
    })
  },
)
