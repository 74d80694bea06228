import type { Resolver, ResolverRun } from '@dmarc-as-code/dns/resolver'
import { DiagnosticError } from '@dmarc-as-code/terraform-plugin'

/** Names the servers of zones that the public DNS does not show: `ZONE=ADDRESS:PORT`, several separated by commas. */
export const STUB_ZONES = 'DMARCREPORT_STUB_ZONES'

/** One look during a plan or an apply. */
const LOOK_TIMEOUT_MS = 10_000
/** One question; what takes longer is not known. */
const QUICK_LOOK_TIMEOUT_MS = 3_000

/** What the DNS answers now, for all resources of one Terraform process. Its code is loaded by the first look. */
export class LiveDns {
  readonly #make: () => Promise<Resolver>
  #resolver: Promise<Resolver> | undefined

  constructor(make: () => Promise<Resolver>) {
    this.#make = make
  }

  resolver(): Promise<Resolver> {
    this.#resolver ??= this.#make()
    return this.#resolver
  }

  /** Look-ups that share what they learn about zones, with a limit for all of them. */
  async begin(signal: AbortSignal, timeout = LOOK_TIMEOUT_MS): Promise<ResolverRun> {
    return (await this.resolver()).begin({ signal, timeout })
  }

  /** The target of the CNAME at a name: null where there is none, undefined where the DNS does not tell in time. */
  async cnameAt(name: string, signal: AbortSignal): Promise<string | null | undefined> {
    const { DnsError } = await import('@dmarc-as-code/dns')
    try {
      const run = await this.begin(signal, QUICK_LOOK_TIMEOUT_MS)
      const { records, outcome } = await run.lookUp({ name, type: 'CNAME' })
      const cname = records.find((one) => one.type === 'CNAME' && one.name === name)
      if (cname?.type === 'CNAME') return cname.data
      return outcome === 'no-such-name' || outcome === 'no-such-record' ? null : undefined
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof DnsError) return undefined
      throw error
    }
  }
}

/** Over the system's resolvers, or inside the stub zones alone where the environment names some. */
export function liveDns(env: Readonly<Record<string, string | undefined>>): LiveDns {
  return new LiveDns(async () => {
    const [{ createDnsClient, createResolver, parseStubZones }, { DnsInputError }] = await Promise.all([
      import('@dmarc-as-code/dns/resolver'),
      import('@dmarc-as-code/dns'),
    ])
    const setting = (env[STUB_ZONES] ?? '').split(/[\s,]+/).filter(Boolean)
    try {
      const stubZones = parseStubZones(setting)
      return createResolver({ client: createDnsClient(), stubZones, ...(stubZones.length > 0 && { recursors: [] }) })
    } catch (error) {
      if (!(error instanceof DnsInputError)) throw error
      throw new DiagnosticError('Invalid environment', `${STUB_ZONES}: ${error.message}`, { cause: error })
    }
  })
}
