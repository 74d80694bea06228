import type { Sandbox } from './sandbox.ts'

type Described = Pick<
  Sandbox,
  | 'apiUrl'
  | 'token'
  | 'accountId'
  | 'hostedZone'
  | 'hostedDns'
  | 'dns'
  | 'tsig'
  | 'customerZones'
  | 'policyHost'
  | 'stubZones'
>

/**
 * Describes all endpoints and how to reach them. The text contains the sandbox's token and key. `caFile` is the path of
 * the CA certificate, if it was written.
 */
export function describeSandbox(sandbox: Described, caFile?: string): string {
  const { dns, hostedDns, policyHost, tsig } = sandbox
  const [zone = 'example.test'] = sandbox.customerZones
  const update = ['server', dns.address, `${dns.port}\\nupdate add try.${zone} 60 CNAME www.${zone}\\nsend\\n`].join(
    ' ',
  )
  const trust = caFile === undefined ? '--insecure' : `--cacert ${caFile}`
  const rows = [
    ['API', `${sandbox.apiUrl} (account ${sandbox.accountId})`],
    ['Token', sandbox.token],
    ['Customer DNS', `${dns.address}:${dns.port} (${sandbox.customerZones.join(', ')})`],
    ['Update key', `${tsig.algorithm}:${tsig.name}:${tsig.secret}`],
    ['Hosted zone', `${sandbox.hostedZone} at ${hostedDns.address}:${hostedDns.port}`],
    ['Policy host', `https://${policyHost.address}:${policyHost.port}`],
  ] as const
  return [
    ...rows.map(([name, value]) => `${name.padEnd(13)} ${value}`),
    '',
    'For Terraform, OpenTofu, CDK Terrain and dmarc-dns:',
    ...Object.entries(environmentOf(sandbox)).map(([name, value]) => `  export ${name}=${value}`),
    '',
    'Try:',
    `  curl -H 'Authorization: Token token=${sandbox.token}' ${sandbox.apiUrl}/v2/all_domains.json`,
    `  dig @${dns.address} -p ${dns.port} ${zone} MX`,
    `  printf '${update}' | nsupdate -y ${tsig.algorithm}:${tsig.name}:${tsig.secret}`,
    `  curl ${trust} --connect-to ::${policyHost.address}:${policyHost.port} https://mta-sts.${zone}/.well-known/mta-sts.txt`,
  ].join('\n')
}

/** What the Terraform provider and `dmarc-dns` read. No value needs quotes in a shell. */
function environmentOf({ apiUrl, token, dns, tsig, stubZones }: Described): Record<string, string> {
  return {
    DMARCREPORT_ENDPOINT: apiUrl,
    DMARCREPORT_TOKEN: token,
    DNS_UPDATE_SERVER: dns.address,
    DNS_UPDATE_PORT: String(dns.port),
    DNS_UPDATE_KEYNAME: tsig.name,
    DNS_UPDATE_KEYALGORITHM: tsig.algorithm,
    DNS_UPDATE_KEYSECRET: tsig.secret,
    DMARCREPORT_STUB_ZONES: stubZones
      .flatMap(({ zone, servers }) => servers.map(({ address, port = 53 }) => `${zone}=${address}:${port}`))
      .join(','),
  }
}
