import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DnsDaemon, startDaemon, type TsigKey } from './dns-daemon.ts'

export interface SecondaryOptions {
  zone: string
  /** Where the secondary listens, on 127.0.0.1. */
  port: number
  primary: { address: string; port: number }
  /** What its requests are signed with, and notifications must be. */
  key: TsigKey
}

/** BIND as a secondary. With a folder for its journal, which it writes for incremental transfers only. */
export function bindSecondary({ zone, port, primary, key }: SecondaryOptions): Promise<DnsDaemon> {
  return startDaemon({
    program: 'named',
    port,
    zones: [{ name: zone, text: '' }],
    async prepare(folder) {
      const lines = [
        `options { directory "${folder}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };`,
        `  pid-file none; session-keyfile "${join(folder, 'session.key')}"; managed-keys-directory "${folder}";`,
        '  recursion no; dnssec-validation no; notify no; empty-zones-enable no; };',
        'controls { };',
        `key "${key.name}." { algorithm ${key.algorithm}; secret "${key.secret}"; };`,
        `zone "${zone}" { type secondary; file "secondary.db"; masterfile-format text;`,
        `  primaries { ${primary.address} port ${primary.port} key "${key.name}."; }; };`,
      ]
      const file = join(folder, 'named.conf')
      await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
      return ['-g', '-n', '1', '-c', file]
    },
  })
}

/** Knot as a secondary. */
export function knotSecondary({ zone, port, primary, key }: SecondaryOptions): Promise<DnsDaemon> {
  return startDaemon({
    program: 'knotd',
    port,
    zones: [{ name: zone, text: '' }],
    async prepare(folder) {
      await mkdir(join(folder, 'db'))
      const lines = [
        'server:',
        `    rundir: "${folder}"`,
        `    listen: 127.0.0.1@${port}`,
        '    udp-workers: 1',
        '    tcp-workers: 1',
        '    background-workers: 1',
        'key:',
        `  - id: ${key.name}`,
        `    algorithm: ${key.algorithm}`,
        `    secret: ${key.secret}`,
        'remote:',
        '  - id: primary',
        `    address: ${primary.address}@${primary.port}`,
        `    key: ${key.name}`,
        'acl:',
        '  - id: notified',
        `    key: ${key.name}`,
        '    action: notify',
        'database:',
        `    storage: "${join(folder, 'db')}"`,
        'zone:',
        `  - domain: ${zone}`,
        `    storage: "${folder}"`,
        '    file: "secondary.zone"',
        '    master: primary',
        '    acl: notified',
        '    zonefile-sync: -1',
        '    journal-content: all',
      ]
      const file = join(folder, 'knot.conf')
      await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
      return ['-c', file]
    },
  })
}

/** NSD as a secondary. */
export function nsdSecondary({ zone, port, primary, key }: SecondaryOptions): Promise<DnsDaemon> {
  return startDaemon({
    program: 'nsd',
    port,
    zones: [{ name: zone, text: '' }],
    async prepare(folder) {
      const file = join(folder, 'nsd.conf')
      const lines = [
        'server:',
        `  ip-address: 127.0.0.1@${port}`,
        '  username: ""',
        '  chroot: ""',
        `  zonesdir: "${folder}"`,
        `  pidfile: "${join(folder, 'nsd.pid')}"`,
        `  xfrdfile: "${join(folder, 'xfrd.state')}"`,
        `  zonelistfile: "${join(folder, 'zone.list')}"`,
        `  xfrdir: "${folder}"`,
        '  database: ""',
        '  server-count: 1',
        '  verbosity: 2',
        '  xfrd-reload-timeout: 0',
        'remote-control:',
        '  control-enable: no',
        'key:',
        `  name: ${key.name}`,
        `  algorithm: ${key.algorithm}`,
        `  secret: "${key.secret}"`,
        'zone:',
        `  name: ${zone}`,
        '  zonefile: secondary.zone',
        `  request-xfr: ${primary.address}@${primary.port} ${key.name}`,
        `  allow-notify: 127.0.0.1 ${key.name}`,
      ]
      await writeFile(file, `${lines.join('\n')}\n`)
      return ['-d', '-c', file]
    },
  })
}
