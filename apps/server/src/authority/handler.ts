import type { Transport } from './responder.ts'

/** Where a message came from. */
export interface Client {
  address: string
  transport: Transport
}

/** No reply, one message, or over TCP several. */
export type Reply = Buffer | undefined | AsyncIterable<Buffer>

/** Handles one message, with or without the responder, which keeps `reserved` bytes free for a signature. */
export type Handler = (
  message: Buffer,
  respond: (message: Buffer, reserved?: number) => Buffer | undefined,
  client: Client,
) => Reply
