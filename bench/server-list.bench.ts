import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { type BenchResult, interleave, median, milliseconds } from './harness.ts'

const DOMAINS = 1000
const ROUNDS = 15
const PARALLEL_CREATES = 8

/** One list of 1,000 hosted domains through the client, beside the same bytes from a server that does nothing but send them. */
export default async function serverList(): Promise<BenchResult[]> {
  const sandbox = await createSandbox()
  const client = new DmarcReportClient({ token: sandbox.token, baseUrl: sandbox.apiUrl })
  try {
    const names = Array.from({ length: DOMAINS }, (_, index) => `d${index}.example.test`)
    await Promise.all(Array.from({ length: PARALLEL_CREATES }, () => create()))
    async function create(): Promise<void> {
      for (let address = names.pop(); address !== undefined; address = names.pop()) {
        const domain = await client.domains.create(sandbox.accountId, { address, rua_report: true, ruf_report: true })
        await client.domains.update(sandbox.accountId, domain.id, { hosted_dmarc: true })
      }
    }
    const url = `${sandbox.apiUrl}/v2/all_domains.json`
    const headers = { authorization: `Token token=${sandbox.token}` }
    const body = await (await fetch(url, { headers })).text()
    const bare = createServer((_, response) => response.setHeader('content-type', 'application/json').end(body))
    await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve))
    const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`
    const samples = await interleave(ROUNDS, {
      floor: () => milliseconds(async () => (await fetch(bareUrl)).json()),
      list: () => milliseconds(async () => count(await client.domains.list().all())),
    })
    bare.closeAllConnections()
    await new Promise((resolve) => bare.close(resolve))
    const value = median(samples.list)
    return [
      {
        name: 'server and client: list 1,000 hosted domains in one call',
        value,
        unit: 'ms',
        target: 'at most 200 ms',
        ratio: value / median(samples.floor),
        pass: value <= 200,
      },
    ]
  } finally {
    await sandbox.close()
  }
}

function count(domains: readonly unknown[]): void {
  if (domains.length !== DOMAINS) throw new Error(`expected ${DOMAINS} domains in the list, got ${domains.length}`)
}
