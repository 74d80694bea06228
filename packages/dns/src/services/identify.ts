import { type DnsServiceId, dnsServices } from './catalogue.ts'
import type { HostingTraits, ServiceEntry } from './types.ts'

/** A DNS hosting service, as recognised by the names of its servers. */
export interface DnsService {
  /** Stable: `route53`, `cloudflare`, ... */
  id: string
  title: string
  /** The adapter of this package that can write there; undefined where there is none. */
  adapter?: DnsServiceId
  /** Whether its panel appends the zone to what is typed into the name field, so that `_dmarc` is wanted there. */
  panelWantsRelativeNames: boolean
  /** Whether its panel appends the zone to a target without a final dot. */
  targetNeedsFinalDot: boolean
  /** Whether it can answer with what a CNAME leads to instead of the CNAME, below the zone's apex too. */
  flattensCnames: boolean
}

interface Row extends HostingTraits {
  readonly id: string
  readonly title: string
  readonly adapter?: DnsServiceId
}

/** Hosting services that are recognised though nothing here can write to them. Those of the catalogue come from there. */
const otherRows: readonly Row[] = [
  { id: 'akamai', title: 'Akamai Edge DNS', servers: /\.akam\.net$/ },
  { id: 'bunny', title: 'Bunny DNS', servers: /\.bunny\.net$/ },
  { id: 'cloudns', title: 'ClouDNS', servers: /\.cloudns\.net$/ },
  { id: 'dnsmadeeasy', title: 'DNS Made Easy', servers: /\.dnsmadeeasy\.com$/ },
  { id: 'easydns', title: 'easyDNS', servers: /\.easydns\.(com|net|org|info)$/ },
  { id: 'exoscale', title: 'Exoscale', servers: /^ns1\.exoscale\.(ch|com|io|net)$/ },
  { id: 'godaddy', title: 'GoDaddy', servers: /\.domaincontrol\.com$/ },
  { id: 'hostinger', title: 'Hostinger', servers: /\.dns-parking\.com$/ },
  { id: 'hurricane', title: 'Hurricane Electric', panelWantsRelativeNames: false, servers: /^ns\d\.he\.net$/ },
  { id: 'infomaniak', title: 'Infomaniak', servers: /\.infomaniak\.(ch|com)$/ },
  { id: 'inwx', title: 'INWX', servers: /\.inwx\.(de|eu|net|com)$/ },
  { id: 'name.com', title: 'Name.com', servers: /^ns\d[a-z]{3}\.name\.com$/ },
  { id: 'namecheap', title: 'Namecheap', servers: /\.registrar-servers\.com$/ },
  { id: 'netcup', title: 'netcup', servers: /\.netcup\.net$/ },
  { id: 'one.com', title: 'one.com', servers: /^ns\d+\.one\.com$/ },
  { id: 'oracle', title: 'Oracle Cloud DNS', servers: /\.dns\.oraclecloud\.(net|com)$/ },
  { id: 'transip', title: 'TransIP', servers: /\.transip\.(net|nl|eu)$/ },
  { id: 'ultradns', title: 'UltraDNS', servers: /\.ultradns\.(com|net|org|biz|info|co\.uk)$/ },
  { id: 'vercel', title: 'Vercel', servers: /\.vercel-dns(-\d+)?\.com$/ },
  { id: 'vultr', title: 'Vultr', servers: /^ns[12]\.vultr\.com$/ },
  { id: 'wix', title: 'Wix', servers: /\.wixdns\.net$/ },
]

const catalogueRows: readonly Row[] = dnsServices.flatMap((entry: ServiceEntry) =>
  entry.hosting
    ? [{ id: entry.id, title: entry.title ?? entry.label, adapter: entry.id as DnsServiceId, ...entry.hosting }]
    : [],
)

const rows = [...catalogueRows, ...otherRows]

/** The service behind a zone's name servers: the one most of them belong to; undefined where none is known. */
export function identifyDnsService(nsNames: readonly string[]): DnsService | undefined {
  let best: { row: Row; count: number } | undefined
  for (const row of rows) {
    const count = nsNames.filter((ns) => row.servers.test(ns.toLowerCase().replace(/\.$/, ''))).length
    if (count > (best?.count ?? 0)) best = { row, count }
  }
  if (!best) return undefined
  const { servers: _, ...service } = best.row
  return { panelWantsRelativeNames: true, targetNeedsFinalDot: false, flattensCnames: false, ...service }
}
