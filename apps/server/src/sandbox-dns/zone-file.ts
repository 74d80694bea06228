import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { absoluteText } from '@dmarc-as-code/dns/wire'
import { type Rrset, ZoneData } from '../authority/index.ts'

interface StoredZone {
  serial: number
  names: { name: string; rrsets: { type: number; ttl: number; rdata: string[] }[] }[]
}

/** Saves a zone in a folder, RDATA in hex. Written to a temporary file and renamed, so that a crash leaves the previous one. */
export function saveZone(folder: string, zone: ZoneData): void {
  const stored: StoredZone = {
    serial: zone.serial,
    names: [...zone.names()].map(({ labels, rrsets }) => ({
      name: absoluteText(labels),
      rrsets: [...rrsets.values()].map(({ type, ttl, rdata }) => ({
        type,
        ttl,
        rdata: rdata.map((d) => d.toString('hex')),
      })),
    })),
  }
  const path = zonePath(folder, zone.name)
  writeFileSync(`${path}.new`, `${JSON.stringify(stored, null, 1)}\n`)
  renameSync(`${path}.new`, path)
}

/** The saved zone; undefined when there is none. */
export function loadZone(folder: string, name: string): ZoneData | undefined {
  let text: string
  try {
    text = readFileSync(zonePath(folder, name), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const stored = JSON.parse(text) as StoredZone
  const zone = new ZoneData({ origin: name, nameServers: [`ns1.${name}`], negativeTtl: 30, serial: stored.serial })
  zone.apply(
    stored.names.map(({ name: owner, rrsets }): [string, Rrset[]] => [
      owner,
      rrsets.map(({ type, ttl, rdata }) => ({ type, ttl, data: rdata.map((hex) => Buffer.from(hex, 'hex')) })),
    ]),
  )
  return zone
}

function zonePath(folder: string, name: string): string {
  return join(folder, `${name}.zone.json`)
}
