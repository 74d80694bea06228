import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { domain, record } from '../../../test/fixtures.ts'
import { findDomainConnect } from './zone-lookup.ts'

/** A DNS service on this computer: its pointer in the zone, its settings and its templates over HTTP. */
describe('Domain Connect', () => {
  let sandbox: Sandbox
  let web: Server
  let origin: string
  let answers: Record<string, unknown>
  beforeAll(async () => {
    sandbox = await createSandbox()
    sandbox
      .zone('example.test')
      .setRrsets('_domainconnect.example.test', [{ type: 'TXT', ttl: 60, data: ['connect.provider.test'] }])
    web = createServer((request, response) => {
      const answer = answers[String(request.url)]
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
    })
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await new Promise((resolve) => web.close(resolve))
    await sandbox.close()
  })

  const template = '/v2/domainTemplates/providers/hosted.test/services/mail-authentication'
  beforeEach(() => {
    answers = {
      '/v2/example.test/settings': {
        providerId: 'provider.test',
        providerName: 'Provider',
        urlSyncUX: 'https://ux.provider.test',
        urlAPI: 'https://api.provider.test',
      },
      [template]: { providerId: 'hosted.test' },
    }
  })

  const hosted = (expected: string) =>
    domain('example.test', 'attention', { records: [record('example.test', 'attention', { expected })] })
  const find = (zone = 'example.test', relativeName = '@', expected = 'k3y.dmarc.hosted.test') =>
    findDomainConnect(
      hosted(expected),
      { zone, relativeName },
      {
        resolver: createResolver({ client: createDnsClient(), stubZones: sandbox.stubZones }),
        signal: AbortSignal.timeout(30_000),
        // The names of the service are not in the world's DNS; their path and query are what is under test.
        fetch: (url, init) => fetch(`${origin}${new URL(String(url)).pathname}`, init),
      },
    )

  it('the link leads to the service with the zone and the label of the hosted records', async () => {
    expect(await find()).toBe(`https://ux.provider.test${template}/apply?domain=example.test&label=k3y`)
  })

  it('a name below the zone is named', async () => {
    expect(await find('example.test', 'news')).toContain('domain=example.test&host=news&label=k3y')
  })

  it.each([
    ['the service does not know the template', () => delete answers[template]],
    [
      'the service has no page for people',
      () => {
        answers['/v2/example.test/settings'] = { providerId: 'provider.test', urlAPI: 'https://api.provider.test' }
      },
    ],
    [
      'its answer makes no sense',
      () => {
        answers['/v2/example.test/settings'] = { providerId: 7 }
      },
    ],
  ])('there is no link when %s', async (_when, change) => {
    change()
    expect(await find()).toBeUndefined()
  })

  it('there is no link in a zone without the pointer, or for targets of another shape', async () => {
    expect(await find('shop.test')).toBeUndefined()
    expect(await find('example.test', '@', '41.hosting.test')).toBeUndefined()
  })
})
