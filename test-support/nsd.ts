import { execFile } from 'node:child_process'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type DnsDaemon, startDaemon, type TestZone } from './dns-daemon.ts'

export type { DnsDaemon, TestZone } from './dns-daemon.ts'

export interface Nsd extends DnsDaemon {
  /** The folder with the zone files, `ZONE.zone` each. */
  zonesFolder: string
  /** Loads a zone; the name of the zone comes last. */
  reload: string
  /** Signs a zone with its keys; the name of the zone and its file come last. */
  sign: string
}

export interface NsdOptions {
  zones: TestZone[]
  /** Zones that are served with signatures, made by BIND's dnssec-signzone as NSD makes none. */
  signed?: readonly string[]
}

const run = promisify(execFile)

/** NSD on a free loopback port, authoritative for the given zones, which anybody on loopback may transfer. */
export async function startNsd({ zones, signed = [] }: NsdOptions): Promise<Nsd> {
  let paths = { zonesFolder: '', reload: '', sign: '' }
  const daemon = await startDaemon({
    program: 'nsd',
    zones,
    async prepare(folder, port) {
      const [zonesFolder, keys] = [join(folder, 'zones'), join(folder, 'keys')]
      await mkdir(zonesFolder)
      await mkdir(keys)
      const sign = join(folder, 'sign.sh')
      // -S takes the keys from the folder. Unsigned zones are served as they are.
      const script = `case " ${signed.join(' ')} " in *" $1 "*) exec dnssec-signzone -Q -q -S -K '${keys}' -d '${keys}' -o "$1" -f "$2.signed" "$2";; esac\n`
      await writeFile(sign, `#!/bin/sh\n${script}`, { mode: 0o700 })
      for (const { name } of zones) {
        const file = join(zonesFolder, `${name}.zone`)
        await rename(join(folder, `${name}.zone`), file)
        if (!signed.includes(name)) continue
        for (const flags of [['-f', 'KSK'], []]) {
          await run('dnssec-keygen', ['-q', '-K', keys, '-a', 'ECDSAP256SHA256', ...flags, name])
        }
        await run(sign, [name, file])
      }
      const configuration = join(folder, 'nsd.conf')
      const lines = [
        'server:',
        `  ip-address: 127.0.0.1@${port}`,
        '  username: ""',
        '  chroot: ""',
        `  zonesdir: "${zonesFolder}"`,
        `  pidfile: "${join(folder, 'nsd.pid')}"`,
        `  xfrdfile: "${join(folder, 'xfrd.state')}"`,
        `  zonelistfile: "${join(folder, 'zone.list')}"`,
        `  xfrdir: "${folder}"`,
        '  database: ""',
        '  server-count: 1',
        'remote-control:',
        '  control-enable: yes',
        `  control-interface: ${join(folder, 'control.sock')}`,
        ...zones.flatMap(({ name }) => [
          'zone:',
          `  name: ${name}`,
          `  zonefile: ${name}.zone${signed.includes(name) ? '.signed' : ''}`,
          '  provide-xfr: 127.0.0.1 NOKEY',
        ]),
      ]
      await writeFile(configuration, `${lines.join('\n')}\n`)
      paths = { zonesFolder, reload: `nsd-control -c ${configuration} reload`, sign }
      return ['-d', '-c', configuration]
    },
  })
  return { ...daemon, ...paths }
}
