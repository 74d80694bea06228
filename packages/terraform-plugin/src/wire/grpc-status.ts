/** The gRPC status codes this server answers with. */
export const Status = { UNKNOWN: 2, UNIMPLEMENTED: 12, INTERNAL: 13, UNAVAILABLE: 14 } as const

/** A failure of the call itself, outside of what its answer can say. */
export class GrpcError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'GrpcError'
    this.status = status
  }
}
