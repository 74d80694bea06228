import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where Debian's wine64 keeps it. */
const wine = '/usr/lib/wine/wine64'

export const hasWine = existsSync(wine)

export interface WineProgram {
  /** A shell script that runs the program, with its input and output. */
  readonly script: string
  close(): Promise<void>
}

/** Prepares a Windows program so that it runs here, in a Wine of its own below `folder`. */
export async function wineProgram(program: string, folder: string): Promise<WineProgram> {
  const home = join(folder, 'wine')
  await mkdir(home)
  // Wine leaves a folder for its sockets in the temporary one.
  const own = { WINEPREFIX: join(home, 'prefix'), WINEDEBUG: '-all', DISPLAY: '', TMPDIR: home }
  const env = { ...process.env, ...own }
  await copyFile(program, join(home, 'program.exe'))
  // Windows 10 has this library, Wine 8 has not.
  const random = forwardingDll('bcryptprimitives.dll', 'ProcessPrng', 'advapi32.SystemFunction036')
  await writeFile(join(home, 'bcryptprimitives.dll'), random)
  await run(wine, ['wineboot', '-i'], { env, timeout: 120_000 })
  const script = join(home, 'program')
  const settings = Object.entries(own).map(([name, value]) => `${name}='${value}'`)
  await writeFile(script, `#!/bin/sh\n${settings.join(' ')} exec ${wine} '${join(home, 'program.exe')}'\n`, {
    mode: 0o755,
  })
  return {
    script,
    async close() {
      // Ends Wine's own processes, which outlive the program.
      await run(wine, ['wineboot', '-k', '-f'], { env, timeout: 60_000 }).catch(() => {})
      await run('/usr/lib/wine/wineserver64', ['-w'], { env, timeout: 60_000 }).catch(() => {})
    },
  }
}

/** A Windows library without code: its one function is that of another library. */
function forwardingDll(name: string, exported: string, target: string): Buffer {
  const [headers, address] = [0x200, 0x1000]
  const file = Buffer.alloc(headers * 2)
  const u16 = (at: number, ...values: number[]) => {
    for (const [index, value] of values.entries()) file.writeUInt16LE(value, at + 2 * index)
  }
  const u32 = (at: number, ...values: number[]) => {
    for (const [index, value] of values.entries()) file.writeUInt32LE(value, at + 4 * index)
  }
  file.write('MZ', 0)
  u32(0x3c, 0x40)
  file.write('PE', 0x40)
  u16(0x44, 0x8664, 1) // x86-64, one section
  u16(0x54, 240, 0x2022) // size of what follows; a library
  const optional = 0x58
  u16(optional, 0x20b)
  u32(optional + 8, headers)
  u32(optional + 20, address)
  file.writeBigUInt64LE(0x5f0000000n, optional + 24)
  u32(optional + 32, 0x1000, headers)
  u16(optional + 40, 6, 0, 0, 0, 6, 0)
  u32(optional + 56, 0x2000, headers)
  u16(optional + 68, 3)
  u32(optional + 108, 16, address, headers) // 16 directories, the first of which is that of exports
  const section = optional + 240
  file.write('.rdata', section)
  u32(section + 8, headers, address, headers, headers)
  u32(section + 36, 0x40000040)
  // The directory of exports, its three tables, and the texts they point to.
  const [functions, names, ordinals, texts] = [40, 44, 48, 52]
  const [nameAt, exportedAt, targetAt] = [texts, texts + name.length + 1, texts + name.length + exported.length + 2]
  u32(headers + 12, address + nameAt, 1, 1, 1, address + functions, address + names, address + ordinals)
  u32(headers + functions, address + targetAt, address + exportedAt)
  for (const [at, text] of [
    [nameAt, name],
    [exportedAt, exported],
    [targetAt, target],
  ] as const) {
    file.write(text, headers + at)
  }
  return file
}
