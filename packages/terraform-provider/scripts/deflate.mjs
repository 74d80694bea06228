// How the files of an archive are compressed. libdeflate makes archives 4 % smaller than zlib's best level, which is more than
// what Linux archives carry besides the provider. From Debian: apt-get install libdeflate-tools
import { execFileSync } from 'node:child_process'
import { deflateRawSync } from 'node:zlib'

const LARGEST_OUTPUT = 2 ** 30
/** The header of gzip (RFC 1952) without file name, extra field and comment, which a stream from standard input has not. */
const HEADER_LENGTH = 10
/** CRC-32 and length. */
const TRAILER_LENGTH = 8

/** For tests: as fast as can be. */
export const deflateFast = (data) => deflateRawSync(data, { level: 1 })

/** For releases: as small as can be, and in about ten seconds for a provider. */
export function deflateSmall(data) {
  const gzip = libdeflate(data)
  const isPlain = gzip.length >= HEADER_LENGTH + TRAILER_LENGTH && gzip.readUInt16BE(0) === 0x1f8b && gzip[3] === 0
  if (!isPlain) throw new Error('libdeflate-gzip did not return a gzip stream with a plain header')
  return gzip.subarray(HEADER_LENGTH, -TRAILER_LENGTH)
}

function libdeflate(input) {
  try {
    return execFileSync('libdeflate-gzip', ['-12', '-c'], { input, maxBuffer: LARGEST_OUTPUT })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    throw new Error('Archives need the program libdeflate-gzip: apt-get install libdeflate-tools')
  }
}
