import { createServer } from 'node:net'
import type { Fault } from '@dmarc-as-code/server/sandbox'
import type { TerraformError } from '@dmarc-as-code/terraform-plugin/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { addressesIn, type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const configuration = `
provider "dmarcreport" {
  max_retries     = 2
  request_timeout = 1
}
resource "dmarcreport_domain" "this" {
  address      = "shop.test"
  tags         = ["production"]
  hosted_dmarc = { policy = "quarantine", extra_rua = ["postmaster@shop.test"] }
}
resource "dmarcreport_dns_records" "this" {
  records     = dmarcreport_domain.this.cnames
  on_conflict = "replace"
  rfc2136     = {}
}
`

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())
  beforeEach(async () => {
    bench.sandbox.faults.clear()
    await bench.terraform.write(configuration)
    await bench.terraform.destroy()
  })

  /** Lets the fault strike one request only, the one with this number. */
  function strikeAt(number: number, fault: Fault): void {
    let seen = 0
    const matches = () => {
      seen += 1
      return seen === number
    }
    bench.sandbox.faults.add({ fault, matches, times: 1 })
  }

  it.each<[string, Fault]>([
    ['the connection breaks before', { kind: 'drop' }],
    ['the answer is lost after', { kind: 'lost-answer' }],
    ['the answer breaks off in the middle of', { kind: 'cut-off' }],
  ])('converges when %s any one request: one domain, nothing left to do', async (_, fault) => {
    const { terraform } = bench
    bench.requests.length = 0
    await terraform.apply()
    const requests = bench.requests.length
    expect(requests).toBeGreaterThanOrEqual(4)
    for (let number = 1; number <= requests; number++) {
      bench.sandbox.faults.clear()
      await terraform.destroy()
      strikeAt(number, fault)
      await terraform.apply().catch(() => terraform.apply())
      await terraform.expectEmptyPlan()
      expect(await addressesIn(bench.api)).toEqual(['shop.test'])
    }
  })

  it('waits as long as a 429 asks, and goes on', async () => {
    bench.sandbox.faults.add({ fault: { kind: 'status', status: 429, retryAfter: '1' }, times: 2 })
    await bench.terraform.apply()
    await bench.terraform.expectEmptyPlan()
  })

  const limited =
    'The service limits the request rate and rejected every retry. Wait a moment and run Terraform again, raise `max_retries` in the provider block, or lower -parallelism.'
  const broken = 'The service failed, and retrying did not help. Run Terraform again later; completed changes are kept.'
  const baseUrl = 'The base URL is `endpoint` in the provider block, or the environment variable DMARCREPORT_ENDPOINT.'
  const closed =
    'failed: the connection was closed before the answer was complete (other side closed). Check the base URL and the network.'

  /** Request id, elapsed time and attempts, which differ from run to run. */
  const withoutCall = (detail: string) => detail.replace(/ \((?:[^()]*, )?after [^()]*\)/, '')

  /** What a refresh says of each fault: summary and detail, the address of the API left out. */
  const said: [string, Fault, string, string][] = [
    [
      'no answer in time',
      { kind: 'latency', milliseconds: 30_000 },
      'Reading the domain shop.test failed',
      'GET API/v2/all_domains.json had no complete answer within 1000 ms. Raise the timeout option if the server is merely slow.\n\nThe timeout is `request_timeout` in the provider block, in seconds.',
    ],
    [
      '429',
      { kind: 'status', status: 429, retryAfter: '1' },
      'Reading the domain shop.test failed',
      `GET /v2/all_domains.json answered 429: A fault rule of the sandbox answers 429. The server allows the next request in 1 second.\n\n${limited}`,
    ],
    [
      '500',
      { kind: 'status', status: 500 },
      'Reading the domain shop.test failed',
      `GET /v2/all_domains.json answered 500: A fault rule of the sandbox answers 500.\n\n${broken}`,
    ],
    [
      'the HTML page of a proxy',
      { kind: 'status', status: 502, body: 'html' },
      'Reading the domain shop.test failed',
      `GET /v2/all_domains.json answered 502 with an HTML or XML page: 502 from a proxy\n\n${broken}`,
    ],
    [
      'an HTML page that looks like a success',
      { kind: 'status', status: 200, body: 'html' },
      'Reading the domain shop.test failed',
      `Expected a list of domains, found an HTML or XML page. Check that the base URL is that of the API.\n\n${baseUrl}`,
    ],
    [
      'half an answer',
      { kind: 'cut-off' },
      'Reading the domain shop.test failed',
      `GET API/v2/all_domains.json ${closed}\n\n${baseUrl}`,
    ],
    [
      'a connection that breaks',
      { kind: 'drop' },
      'Reading the domain shop.test failed',
      `GET API/v2/all_domains.json ${closed}\n\n${baseUrl}`,
    ],
    [
      '401',
      { kind: 'status', status: 401 },
      'The API rejected the token',
      'GET /v2/all_domains.json answered 401: A fault rule of the sandbox answers 401. Check the token: the server does not accept it.\n\nReading the domain shop.test requires a valid token. Check `token` in the provider block or the environment variable DMARCREPORT_TOKEN.',
    ],
  ]
  it.each(said)('fails with a clear diagnostic on %s, and loses nothing', async (_, fault, summary, detail) => {
    const { terraform, sandbox } = bench
    await terraform.apply()
    sandbox.faults.add({ fault })
    const error = await terraform.plan().catch((thrown: TerraformError) => thrown)
    const diagnostics = error.diagnostics.map((each) => ({ ...each, detail: withoutCall(each.detail) }))
    expect(diagnostics).toMatchObject([
      { severity: 'error', summary, detail: detail.replace('API/', `${sandbox.apiUrl}/`) },
    ])
    expect(error.diagnostics[0]?.detail).toMatch(/\((?:.*, )?after [\d.]+ m?s(?:, \d attempts)?\)/)
    expect(String(error)).not.toContain(sandbox.token)
    sandbox.faults.clear()
    await terraform.expectEmptyPlan()
  })

  it('does not take the page of a proxy for a deletion, and the domain for gone', async () => {
    const { terraform, sandbox } = bench
    await terraform.apply()
    sandbox.faults.add({
      fault: { kind: 'status', status: 200, body: 'html' },
      matches: ({ method }) => method === 'DELETE',
    })
    await expect(terraform.destroy()).rejects.toThrow(
      /Deleting the domain shop\.test failed\n.* answered 200 with an HTML or XML page.*nothing shows that it was carried out/,
    )
    expect(Object.keys((await terraform.state()).resources)).toContain('dmarcreport_domain.this')
  })

  it('says what is wrong in words for people when creating fails', async () => {
    const { terraform, sandbox } = bench
    const creating = async (fault: Fault) => {
      sandbox.faults.clear()
      sandbox.faults.add({ fault, matches: ({ method }) => method === 'POST' })
      return terraform.apply().catch((thrown: Error) => thrown.message)
    }
    expect(await creating({ kind: 'status', status: 503, body: 'html' })).toMatch(
      /^terraform apply failed: Creating the domain shop\.test failed\nPOST \/v2\/accounts\/1\/domains\.json answered 503 with an HTML or XML page: 503 from a proxy \(.*after .*\)\n\nThe service failed/,
    )
    expect(await creating({ kind: 'status', status: 429, retryAfter: '1' })).toMatch(/answered 429[\s\S]*-parallelism/)
  })

  it('fails once, and soon, when nothing listens, however many domains there are', async () => {
    const { terraform } = bench
    const many = (endpoint: string) =>
      `provider "dmarcreport" {\n  max_retries = 2\n${endpoint}\n}\nresource "dmarcreport_domain" "this" {\n  count = 100\n  address = "n\${count.index}.shop.test"\n}\n`
    await terraform.apply(many(''))
    const port = await closedPort()
    const error = await terraform
      .plan(many(`  endpoint = "http://127.0.0.1:${port}"`))
      .catch((thrown: TerraformError) => thrown)
    expect(error.diagnostics.map((each) => ({ ...each, detail: withoutCall(each.detail) }))).toMatchObject([
      {
        summary: expect.stringMatching(/^Reading the domain n\d+\.shop\.test failed$/),
        detail: `GET http://127.0.0.1:${port}/v2/all_domains.json failed: nothing listens there (connect ECONNREFUSED 127.0.0.1:${port}). Check the base URL and the network.\n\n${baseUrl}`,
      },
    ])
    await terraform.write(many(''))
    await terraform.expectEmptyPlan()
  })
})

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
