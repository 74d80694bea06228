import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DnsDaemon, startDaemon, type TestZone, type TsigKey } from './dns-daemon.ts'

export type { DnsDaemon, TestZone, TsigKey } from './dns-daemon.ts'

export interface BindOptions {
  zones: TestZone[]
  /** Each key may update and transfer every zone. */
  keys?: TsigKey[]
  /** Extra lines inside a zone's statement, by zone name: `dnssec-policy default; inline-signing yes;`. */
  zoneOptions?: Record<string, string>
}

/**
 * BIND 9 on a free loopback port, authoritative for the given zones, without recursion.
 *
 * ```ts
 * const bind = await startBind({ zones: [{ name: 'example.test', records: ['www IN A 192.0.2.1'] }], keys: [key] })
 * const stubZones = [{ zone: 'example.test', servers: [{ address: bind.address, port: bind.port }] }]
 * await bind.close()
 * ```
 */
export function startBind({ zones, keys = [], zoneOptions = {} }: BindOptions): Promise<DnsDaemon> {
  return startDaemon({
    program: 'named',
    zones,
    async prepare(folder, port) {
      const grants = keys.map((key) => `grant ${key.name}. zonesub ANY;`).join(' ')
      const transfers = keys.map((key) => `key "${key.name}.";`).join(' ')
      const lines = [
        `options { directory "${folder}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };`,
        `  pid-file none; session-keyfile "${join(folder, 'session.key')}"; managed-keys-directory "${folder}";`,
        '  recursion no; dnssec-validation no; notify no; empty-zones-enable no; };',
        'controls { };',
        ...keys.map((key) => `key "${key.name}." { algorithm ${key.algorithm}; secret "${key.secret}"; };`),
        ...zones.map(
          (zone) =>
            `zone "${zone.name}" { type primary; file "${zone.name}.zone"; ${zoneOptions[zone.name] ?? ''} ` +
            `${grants && `update-policy { ${grants} };`} ${transfers && `allow-transfer { ${transfers} };`} };`,
        ),
      ]
      const file = join(folder, 'named.conf')
      await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
      return ['-g', '-n', '1', '-c', file]
    },
  })
}
