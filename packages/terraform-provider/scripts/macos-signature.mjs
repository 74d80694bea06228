// macOS kills a program whose pages do not match its signature. Bun signs again what it compiles for Apple silicon, but leaves a
// program for Intel with the signature of its own runtime, made before ours was added. An ad-hoc signature (no identity, only
// hashes of the pages) is what a linker on macOS would give it.
// Layout: Apple's mach-o/loader.h and the kernel's osfmk/kern/cs_blobs.h.
import { createHash } from 'node:crypto'

const CODE_SIGNATURE = 0x1d
const SEGMENT_64 = 0x19
const EMBEDDED_SIGNATURE = 0xfade0cc0
const CODE_DIRECTORY = 0xfade0c02
const ADHOC_LINKER_SIGNED = 0x20002
const PAGE_BITS = 12
const PAGE = 1 << PAGE_BITS
const HASH = 32

/** Where the parts of a 64-bit Mach-O program are that a signature touches. */
function layout(program) {
  if (program.readUInt32LE(0) !== 0xfeedfacf) throw new Error('This is no 64-bit Mach-O program.')
  const found = {}
  let at = 32
  for (let left = program.readUInt32LE(16); left > 0; left--) {
    const command = program.readUInt32LE(at)
    const name = command === SEGMENT_64 ? program.toString('latin1', at + 8, at + 24).replace(/\0+$/, '') : ''
    if (command === CODE_SIGNATURE) found.signature = at
    if (name === '__LINKEDIT') found.linkedit = at
    if (name === '__TEXT') found.text = at
    at += program.readUInt32LE(at + 4)
  }
  if (!found.signature || !found.linkedit || !found.text) {
    throw new Error('The program lacks a signature, a __LINKEDIT or a __TEXT segment.')
  }
  return found
}

const pageHashes = (program, limit) =>
  Array.from({ length: Math.ceil(limit / PAGE) }, (_, page) =>
    createHash('sha256')
      .update(program.subarray(page * PAGE, Math.min((page + 1) * PAGE, limit)))
      .digest(),
  )

/** The program with an ad-hoc signature in place of the one it has. */
export function signAdHoc(program, identifier) {
  const { signature, linkedit, text } = layout(program)
  const limit = program.readUInt32LE(signature + 8)
  const name = Buffer.from(`${identifier}\0`)
  const [headOfAll, headOfDirectory] = [20, 88]
  const pages = Math.ceil(limit / PAGE)
  const directory = Buffer.alloc(headOfDirectory + name.length + pages * HASH)
  const signed = Buffer.alloc(limit + headOfAll + directory.length)
  program.copy(signed, 0, 0, limit)
  // These numbers are in pages that are hashed, so they come first.
  const length = headOfAll + directory.length
  signed.writeUInt32LE(length, signature + 12)
  const size = BigInt(signed.length) - signed.readBigUInt64LE(linkedit + 40)
  signed.writeBigUInt64LE(size, linkedit + 48)
  if (signed.readBigUInt64LE(linkedit + 32) < size) signed.writeBigUInt64LE((size + 0x3fffn) & ~0x3fffn, linkedit + 32)

  const u32 = (buffer, at, ...values) => {
    for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, at + 4 * index)
  }
  u32(directory, 0, CODE_DIRECTORY, directory.length, 0x20400, ADHOC_LINKER_SIGNED)
  u32(directory, 16, headOfDirectory + name.length, headOfDirectory, 0, pages, limit)
  directory.set([HASH, 2, 0, PAGE_BITS], 36) // size and kind (SHA-256) of the hashes, platform, size of the pages
  directory.writeBigUInt64BE(signed.readBigUInt64LE(text + 40), 64)
  directory.writeBigUInt64BE(signed.readBigUInt64LE(text + 48), 72)
  directory.writeBigUInt64BE(1n, 80) // a main program
  name.copy(directory, headOfDirectory)
  Buffer.concat(pageHashes(signed, limit)).copy(directory, headOfDirectory + name.length)
  u32(signed, limit, EMBEDDED_SIGNATURE, length, 1, 0, headOfAll)
  directory.copy(signed, limit + headOfAll)
  return signed
}

/** What is wrong with a program's signature; an empty list where macOS would run it. */
export function signatureFaults(program) {
  const faults = []
  const { signature, linkedit } = layout(program)
  const [start, length] = [program.readUInt32LE(signature + 8), program.readUInt32LE(signature + 12)]
  const end = Number(program.readBigUInt64LE(linkedit + 40) + program.readBigUInt64LE(linkedit + 48))
  if (start + length > program.length || end !== program.length) faults.push('the signature is not at the end')
  const all = program.subarray(start)
  if (all.readUInt32BE(0) !== EMBEDDED_SIGNATURE) return [...faults, 'there is no signature']
  const directory = all.subarray(all.readUInt32BE(16))
  if (all.readUInt32BE(12) !== 0 || directory.readUInt32BE(0) !== CODE_DIRECTORY)
    return [...faults, 'there are no hashes']
  const [hashes, pages, limit] = [16, 28, 32].map((at) => directory.readUInt32BE(at))
  if (limit !== start) faults.push(`it covers ${limit} bytes of ${start}`)
  if (directory[36] !== HASH || directory[39] !== PAGE_BITS) return [...faults, 'the hashes are of another kind']
  const wrong = pageHashes(program, limit).filter(
    (hash, page) => !hash.equals(directory.subarray(hashes + page * HASH, hashes + (page + 1) * HASH)),
  )
  if (wrong.length > 0) faults.push(`${wrong.length} of ${pages} pages do not match`)
  return faults
}
