import { startAuthority, ZoneData } from '../src/authority/index.ts'
import { localCa } from '../src/certificates/index.ts'
import type { Certificate } from '../src/certificates/source.ts'

export interface PebbleSurroundings {
  /** `127.0.0.1:PORT`, where Pebble looks names up. */
  dnsServer: string
  /** For Pebble's own HTTPS at `localhost`, from the CA of `caCertificate`. */
  certificate: Certificate
  caCertificate: string
  close: () => Promise<void>
}

/** What Pebble needs around it: a resolver for which `hostname` is at 127.0.0.1, and a certificate of its own. */
export async function pebbleSurroundings(hostname: string): Promise<PebbleSurroundings> {
  const zone = hostname.split('.').slice(1).join('.')
  const seen = new ZoneData({ origin: zone, nameServers: [`ns1.${zone}`] })
  seen.setRrsets(hostname, [{ type: 'A', ttl: 60, data: ['127.0.0.1'] }])
  const resolver = await startAuthority({ zones: [seen] })
  const ca = await localCa()
  return {
    dnsServer: `127.0.0.1:${resolver.port}`,
    certificate: await ca.getCertificate('localhost', AbortSignal.timeout(10_000)),
    caCertificate: ca.caCertificate,
    close: resolver.close,
  }
}
