/** What bytes are, by their beginning. Content types and file names of reports are wrong too often to decide by. */
export type ContentKind = 'zip' | 'gzip' | 'xml' | 'json' | 'mbox' | 'mail' | 'smime' | 'empty' | 'unknown'

/** How many bytes `sniff` looks at, at most. */
export const sniffLength = 1024

export function sniff(bytes: Uint8Array): ContentKind {
  if (bytes.length === 0) return 'empty'
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) < 9) return 'zip'
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'
  // DER: a SEQUENCE with a long length, which holds the identifier of PKCS #7 content types.
  if (bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80 && includes(bytes.subarray(0, 32), pkcs7)) return 'smime'
  const head = textHead(bytes)
  if (head === '') return 'empty'
  if (head.startsWith('<')) return 'xml'
  if (head.startsWith('{')) return 'json'
  if (/^From [^\r\n]+\r?\n/.test(head)) return 'mbox'
  return /^(?:[!-9;-~]{1,76}[ \t]*:[^\r\n]*\r?\n)/.test(head) ? 'mail' : 'unknown'
}

/** Object identifier 1.2.840.113549.1.7. */
const pkcs7 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07]

function includes(bytes: Uint8Array, wanted: readonly number[]): boolean {
  return bytes.some((_, at) => wanted.every((byte, offset) => bytes[at + offset] === byte))
}

/** The beginning as text, whatever its charset: NUL bytes of UTF-16, byte-order marks and leading space left out. */
function textHead(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes.subarray(0, sniffLength)) if (byte !== 0) text += String.fromCharCode(byte)
  return text.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').trimStart()
}
