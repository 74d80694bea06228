import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the parts of a process report while they work. */
export interface Metrics {
  readonly registry: Registry
  request(answer: { operation: string; method: string; status: number; seconds: number }): void
  /** A verification, by the status of the whole service. */
  look(service: string, overall: string): void
  /** A DNS query to one server. */
  dnsQuery(result: 'answered' | 'failed'): void
}

/** The counters of one process, with those of Node. Names follow the conventions of Prometheus. */
export function createMetrics(version: string): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'dmarc_server_build_info',
    help: 'Always 1; the label is the version of the server.',
    labelNames: ['version'],
    registers,
  })
    .labels({ version })
    .set(1)
  const requests = new Histogram({
    name: 'dmarc_server_http_request_duration_seconds',
    help: 'Requests to the API by operation, method and status.',
    labelNames: ['operation', 'method', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10],
    registers,
  })
  const looks = new Counter({
    name: 'dmarc_server_looks_total',
    help: 'Verifications by service and the status that was found.',
    labelNames: ['service', 'status'],
    registers,
  })
  const queries = new Counter({
    name: 'dmarc_server_dns_queries_total',
    help: 'DNS queries that verification and look-ups sent, by whether they were answered.',
    labelNames: ['result'],
    registers,
  })
  return {
    registry,
    request: ({ operation, method, status, seconds }) =>
      requests.labels({ operation, method, status: String(status) }).observe(seconds),
    look: (service, status) => looks.labels({ service, status }).inc(),
    dnsQuery: (result) => queries.labels({ result }).inc(),
  }
}
