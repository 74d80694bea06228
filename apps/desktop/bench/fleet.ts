import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import keytar from 'keytar'
import { seal } from '../src/main/secrets/envelope.ts'

/** A service with many healthy domains that answers from memory, and a folder of an app that is connected to it. */
export async function connectedTo(
  count: number,
  userData: string,
): Promise<{ requests: () => number; close: () => Promise<void> }> {
  let requests = 0
  const answers: Record<string, unknown> = {
    '/v2/capabilities': { extensions: ['hosting_in_lists'], version: '1' },
    '/v2/accounts': { note: '', owned_accounts: [{ id: 1, title: 'Main', slug: 'main', user_id: 1 }], accounts: [] },
    '/v2/all_domains.json': { domains: Array.from({ length: count }, (_, index) => healthy(index + 1)) },
  }
  const server = createServer((request, response) => {
    requests++
    const answer = answers[new URL(request.url ?? '/', 'http://x').pathname]
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const id = randomUUID()
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  mkdirSync(userData, { recursive: true })
  const connection = { id, kind: 'self-hosted', title: 'Bench', baseUrl, stubZones: [] }
  writeFileSync(
    join(userData, 'config.json'),
    JSON.stringify({ version: 1, connections: [connection], preferences: { closing: 'keep' } }),
  )
  await keytar.setPassword('DMARC Watch', `connection:${id}`, seal('bench-token'))
  return {
    requests: () => requests,
    close: async () => {
      await keytar.deletePassword('DMARC Watch', `connection:${id}`)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function healthy(id: number) {
  const address = `domain-${String(id).padStart(4, '0')}.example`
  const at = '2026-01-01T00:00:00.000Z'
  const cname = (record: string, name: string, service: string) => ({
    service,
    record,
    type: 'CNAME',
    name,
    value: `k${id}.${record}.hosted.example`,
    status: 'verified',
    reason: null,
    checked_at: at,
  })
  return {
    id,
    user_id: 1,
    account_id: 1,
    address,
    slug: address.replaceAll('.', '-'),
    rua_report: true,
    ruf_report: false,
    mta_sts_report: true,
    dmarc_status: 'dmarc_active',
    mta_sts_status: 'mta_sts_active',
    parked_domain: false,
    created_at: at,
    updated_at: at,
    tags: [{ id: (id % 5) + 1, name: `Team ${(id % 5) + 1}`, color: '#3B82F6' }],
    hosted_dmarc: true,
    hosted_mta_sts: true,
    mta_sts_policy: { mode: 'enforce', mx: 'mx.example', mx_age: 7 },
    default_dmarc_record: 'v=DMARC1; p=none',
    current_dmarc_config: 'v=DMARC1; p=reject',
    cname_records: [
      cname('dmarc', `_dmarc.${address}`, 'hosted_dmarc'),
      cname('policy', `mta-sts.${address}`, 'hosted_mta_sts'),
      cname('mta_sts', `_mta-sts.${address}`, 'hosted_mta_sts'),
      cname('tls_rpt', `_smtp._tls.${address}`, 'hosted_mta_sts'),
    ],
  }
}
