import { Resolver } from 'node:dns/promises'

/** The CNAME at a name as a DNS server serves it, without the final dot; undefined where there is none. */
export async function cnameAt(server: { address: string; port: number }, name: string): Promise<string | undefined> {
  const resolver = new Resolver({ timeout: 5_000, tries: 2 })
  resolver.setServers([`${server.address}:${server.port}`])
  try {
    const [target] = await resolver.resolveCname(name)
    return target
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTFOUND' || code === 'ENODATA') return undefined
    throw error
  }
}
