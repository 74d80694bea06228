import { ApiError, type CallOptions, ConflictError } from '@dmarc-as-code/client'
import type { CreationMarker, CreationMarkers, MarkedKind } from './creation-markers.ts'

export interface MarkedCreation<T extends { readonly id: number }> {
  readonly kind: MarkedKind
  /** Unique among the objects of its kind that the provider creates. */
  readonly name: string
  readonly note?: unknown
  readonly signal: AbortSignal
  /** Sends the request. The options carry the idempotency key. */
  create(options: CallOptions): Promise<T>
  /** The object with this ID, as far as it still is what the plan asks for. */
  find(id: number): Promise<T | undefined>
  /** The error for an object of this name that is not provably ours. Undefined where names may be shared. */
  existing(error: ConflictError): Promise<Error | undefined>
  /**
   * Called where an earlier run was interrupted, nothing proves what became of its request, and names may be shared. Throws
   * where creating could make a second object.
   */
  beforeRetry?(marker: CreationMarker): Promise<void>
}

/**
 * Creates an object so that a run that dies can be completed by the next one. An object is taken over only with proof that
 * it is ours: an ID that the API had returned to the earlier run, or the server's word that our idempotency key created it.
 */
export async function createMarked<T extends { readonly id: number }>(
  markers: CreationMarkers,
  creation: MarkedCreation<T>,
): Promise<T> {
  const { kind, name, note, signal, create, find, existing, beforeRetry } = creation
  const marker = await markers.begin(kind, name, note)
  if (marker.createdId !== undefined) {
    const ours = await find(marker.createdId)
    if (ours) return ours
    await marker.discard()
    return createMarked(markers, creation)
  }
  if (marker.interrupted) await beforeRetry?.(marker)
  try {
    const made = await create({ signal, idempotencyKey: marker.idempotencyKey })
    await marker.created(made.id)
    return made
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) await marker.discard()
    // What the interrupted run created was deleted since.
    if (marker.interrupted && isSpent(error)) return createMarked(markers, creation)
    throw (error instanceof ConflictError && (await existing(error))) || error
  }
}

const isSpent = (error: unknown): boolean =>
  error instanceof ApiError && error.details.some(({ code }) => code === 'idempotency_key_reused')
