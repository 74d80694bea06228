/** A message of an mbox, or the notice that one was larger than the limit and was left out. */
export type MboxMessage = { readonly bytes: Uint8Array } | { readonly tooLarge: number }

const LF = 0x0a
const CR = 0x0d
const separator = new TextEncoder().encode('From ')

/**
 * Splits an mbox (RFC 4155) as it arrives, so that a mailbox of any size can be read: a message begins at a line that
 * starts with `From ` and follows an empty line or the beginning. `>From ` is unquoted.
 */
export async function* splitMbox(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  longest: number,
): AsyncGenerator<MboxMessage, void, undefined> {
  let message: Uint8Array[] | undefined
  let [size, afterEmpty] = [0, true]
  for await (const line of lines(source)) {
    if (afterEmpty && startsWith(line, separator)) {
      if (message) yield finished(message, size, longest)
      message = []
      size = 0
    } else if (message) {
      size += line.length
      if (size <= longest) message.push(unquoted(line))
      else message.length = 0
    }
    afterEmpty = line.length <= 2 && (line[0] === LF || (line[0] === CR && line[1] === LF))
  }
  if (message) yield finished(message, size, longest)
}

function finished(message: readonly Uint8Array[], size: number, longest: number): MboxMessage {
  return size > longest ? { tooLarge: size } : { bytes: Buffer.concat(message) }
}

/** Lines with their line ends; a line longer than 64 KiB comes in pieces. */
async function* lines(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of source) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let from = 0
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
      yield bytes.subarray(from, end + 1)
      from = end + 1
    }
    rest = bytes.slice(from)
    if (rest.length > 64 * 1024) {
      yield rest
      rest = new Uint8Array(0)
    }
  }
  if (rest.length > 0) yield rest
}

function unquoted(line: Uint8Array): Uint8Array {
  let quotes = 0
  while (line[quotes] === 0x3e) quotes += 1
  return quotes > 0 && startsWith(line.subarray(quotes), separator) ? line.subarray(1) : line
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return prefix.every((byte, at) => bytes[at] === byte)
}
