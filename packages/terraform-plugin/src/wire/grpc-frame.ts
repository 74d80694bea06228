import { GrpcError, Status } from './grpc-status.ts'

/** A message with its length in front, as gRPC sends it. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(5 + message.length)
  framed[0] = 0
  framed.writeUInt32BE(message.length, 1)
  framed.set(message, 5)
  return framed
}

/** The message of a whole request. Throws GrpcError where it is cut, longer than it says, or compressed. */
export function unframe(framed: Buffer): Uint8Array {
  if (framed.length < 5) throw new GrpcError(Status.INTERNAL, 'the request holds no message')
  if (framed[0] !== 0) throw new GrpcError(Status.UNIMPLEMENTED, 'compressed messages are not supported')
  if (framed.readUInt32BE(1) !== framed.length - 5) {
    throw new GrpcError(Status.INTERNAL, 'the length of the message does not match its frame')
  }
  return framed.subarray(5)
}
