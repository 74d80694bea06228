import { crc32 } from 'node:zlib'
import { deflateFast } from './deflate.mjs'

// 1980-01-01 00:00, the beginning of time for zips: the same input makes the same bytes.
const DATE = (1 << 5) | 1
const UNIX = 3 << 8
const DEFLATED = 8

/**
 * A zip archive (PKWARE APPNOTE 4.3) of a few files, all of them executable where they say so. Libraries that write zips either
 * lose the Unix mode, without which Terraform gets "permission denied", or deflate a hundred megabytes in JavaScript.
 *
 * @param {{ name: string, data: Buffer, executable?: boolean }[]} files
 * @param {{ deflate?: (data: Buffer) => Buffer }} [options]
 */
export function zip(files, { deflate = deflateFast } = {}) {
  const parts = []
  const directory = []
  let offset = 0
  for (const { name, data, executable = false } of files) {
    const packed = deflate(data)
    const path = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0) // version needed: 2.0
    common.writeUInt16LE(0x0800, 2) // names are UTF-8
    common.writeUInt16LE(DEFLATED, 4)
    common.writeUInt16LE(0, 6)
    common.writeUInt16LE(DATE, 8)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(path.length, 22)
    parts.push(signature(0x04034b50), common, path, packed)

    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(((executable ? 0o100755 : 0o100644) << 16) >>> 0, 6)
    entry.writeUInt32LE(offset, 10)
    const madeBy = Buffer.alloc(2)
    madeBy.writeUInt16LE(UNIX | 20, 0)
    directory.push(Buffer.concat([signature(0x02014b50), madeBy, common, entry, path]))
    offset += 4 + common.length + path.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, central, signature(0x06054b50), end])
}

function signature(value) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value, 0)
  return bytes
}
