import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DnsDaemon, startDaemon, type TestZone, type TsigKey } from './dns-daemon.ts'

export type { DnsDaemon, TestZone, TsigKey } from './dns-daemon.ts'

export interface KnotOptions {
  zones: TestZone[]
  /** Each key may update and transfer every zone. */
  keys?: TsigKey[]
  /** More settings of single zones, one a line: `dnssec-signing: on`. */
  zoneOptions?: { readonly [zone: string]: readonly string[] }
  /** What the keys may do. Default: update and transfer. */
  actions?: readonly string[]
}

/** Knot DNS on a free loopback port, authoritative for the given zones. Used like `startBind`. */
export function startKnot({
  zones,
  keys = [],
  zoneOptions = {},
  actions = ['update', 'transfer'],
}: KnotOptions): Promise<DnsDaemon> {
  return startDaemon({
    program: 'knotd',
    zones,
    async prepare(folder, port) {
      await mkdir(join(folder, 'db'))
      const lines = [
        'server:',
        `    rundir: "${folder}"`,
        `    listen: 127.0.0.1@${port}`,
        '    udp-workers: 1',
        '    tcp-workers: 1',
        '    background-workers: 1',
        ...(keys.length > 0 ? ['key:'] : []),
        ...keys.flatMap((key) => [
          `  - id: ${key.name}`,
          `    algorithm: ${key.algorithm}`,
          `    secret: ${key.secret}`,
        ]),
        ...(keys.length > 0 ? ['acl:'] : []),
        ...keys.flatMap((key) => [
          `  - id: ${key.name}`,
          `    key: ${key.name}`,
          `    action: [${actions.join(', ')}]`,
        ]),
        'database:',
        `    storage: "${join(folder, 'db')}"`,
        'zone:',
        ...zones.flatMap((zone) => [
          `  - domain: ${zone.name}`,
          `    storage: "${folder}"`,
          `    file: "${zone.name}.zone"`,
          ...(keys.length > 0 ? [`    acl: [${keys.map((key) => key.name).join(', ')}]`] : []),
          '    zonefile-sync: -1',
          '    journal-content: all',
          ...(zoneOptions[zone.name] ?? []).map((line) => `    ${line}`),
        ]),
      ]
      const file = join(folder, 'knot.conf')
      await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
      return ['-c', file]
    },
  })
}
