import type { Sandbox } from '@dmarc-as-code/server/sandbox'

/** How the dmarcreport provider finds a sandbox, and the DNS server its records are written to. */
export function sandboxEnv(
  { token, apiUrl, stubZones }: Pick<Sandbox, 'token' | 'apiUrl' | 'stubZones'>,
  dns?: { address: string; port: number; key: { name: string; algorithm: string; secret: string } },
): NodeJS.ProcessEnv {
  return {
    DMARCREPORT_TOKEN: token,
    DMARCREPORT_ENDPOINT: apiUrl,
    DMARCREPORT_STUB_ZONES: stubZones
      .flatMap(({ zone, servers }) => servers.map(({ address, port = 53 }) => `${zone}=${address}:${port}`))
      .join(),
    ...(dns && {
      DNS_UPDATE_SERVER: dns.address,
      DNS_UPDATE_PORT: String(dns.port),
      DNS_UPDATE_KEYNAME: dns.key.name,
      DNS_UPDATE_KEYALGORITHM: dns.key.algorithm,
      DNS_UPDATE_KEYSECRET: dns.key.secret,
    }),
  }
}
