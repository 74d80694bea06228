import type { Socket } from 'node:net'
import { errorCodes, type WireError } from '@dmarc-as-code/client/contract'

const tooLarge = 'The headers of the request are larger than 16 KiB. Send fewer or shorter ones.'
const tooSlow = 'The request was not received in time. Send it again.'
const garbled = 'The request is not valid HTTP/1.1.'

/** Answers invalid HTTP and oversized headers in the one error shape, and closes the connection. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  // The client disconnected.
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, reason, message] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431', 'Request Header Fields Too Large', tooLarge]
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408', 'Request Timeout', tooSlow]
        : ['400', 'Bad Request', garbled]
  const body: WireError = { error: { code: errorCodes[400], message, details: [] } }
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}
