import { execFile } from 'node:child_process'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type DnsDaemon, startDaemon, type TestZone, type TsigKey } from './dns-daemon.ts'
import { freePort } from './free-port.ts'

export type { TestZone, TsigKey } from './dns-daemon.ts'

const run = promisify(execFile)
// Where Debian's pdns-backend-sqlite3 keeps it.
const schema = '/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql'

export interface PowerDnsOptions {
  zones: TestZone[]
  /** Each key may update and transfer every zone. */
  keys?: TsigKey[]
  /** Names of the zones that are signed. */
  signed?: readonly string[]
}

export interface PowerDns extends DnsDaemon {
  /** Where its HTTP API listens: `http://127.0.0.1:port`. */
  apiUrl: string
  apiKey: string
}

/** PowerDNS with its SQLite back-end and HTTP API on free loopback ports. Needs pdns_server, pdnsutil and sqlite3. */
export async function startPowerDns({ zones, keys = [], signed = [] }: PowerDnsOptions): Promise<PowerDns> {
  const apiKey = 'test-api-key'
  let apiPort = 0
  const daemon = await startDaemon({
    program: 'pdns_server',
    zones,
    async prepare(folder, port) {
      apiPort = await freePort()
      const database = join(folder, 'pdns.sqlite3')
      const lines = [
        'launch=gsqlite3',
        `gsqlite3-database=${database}`,
        'gsqlite3-pragma-synchronous=0',
        ...(signed.length > 0 ? ['gsqlite3-dnssec=yes'] : []),
        'local-address=127.0.0.1',
        `local-port=${port}`,
        `socket-dir=${folder}`,
        'webserver=yes',
        'webserver-address=127.0.0.1',
        `webserver-port=${apiPort}`,
        'webserver-allow-from=127.0.0.1',
        'api=yes',
        `api-key=${apiKey}`,
        'dnsupdate=yes',
        'allow-dnsupdate-from=127.0.0.1',
        'zone-cache-refresh-interval=0',
        'cache-ttl=0',
        'query-cache-ttl=0',
        'negquery-cache-ttl=0',
        'security-poll-suffix=',
        'receiver-threads=1',
        'distributor-threads=1',
      ]
      await writeFile(join(folder, 'pdns.conf'), `${lines.join('\n')}\n`, { mode: 0o600 })
      await run('sqlite3', [database, `.read ${schema}`])
      const util = (...args: string[]) => run('pdnsutil', [`--config-dir=${folder}`, ...args])
      for (const key of keys) await util('import-tsig-key', key.name, key.algorithm, key.secret)
      for (const zone of zones) {
        await appendFile(join(folder, `${zone.name}.zone`), '\n')
        await util('load-zone', zone.name, join(folder, `${zone.name}.zone`))
        if (signed.includes(zone.name)) {
          await util('secure-zone', zone.name)
          await util('rectify-zone', zone.name)
        }
        for (const key of keys) {
          await util('set-meta', zone.name, 'TSIG-ALLOW-DNSUPDATE', key.name)
          await util('set-meta', zone.name, 'TSIG-ALLOW-AXFR', key.name)
        }
      }
      return [`--config-dir=${folder}`, '--daemon=no', '--guardian=no']
    },
  })
  return { ...daemon, apiUrl: `http://127.0.0.1:${apiPort}`, apiKey }
}
