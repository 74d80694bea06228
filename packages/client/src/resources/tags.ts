import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import { NotFoundError, UnsupportedError } from '../core/errors.ts'
import type { ListOptions } from '../core/list.ts'
import { PagedList } from '../core/paged-list.ts'
import type { CallInput, CallOptions, RawAnswer } from '../core/transport.ts'
import type { CreateTagInput, UpdateTagInput } from '../input/inputs.ts'
import { onDemand } from '../load-on-demand.ts'
import { readTag, type Tag } from '../read/tag.ts'
import type { OperationName } from '../routes.ts'
import type { Session } from '../session/session.ts'

/** Needs the extension `tags`; elsewhere each call throws `UnsupportedError`, and tags are made in the web app. */
export class Tags {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** All tags of the user; the accounts share them. */
  list(options: ListOptions & CallOptions = {}): PagedList<Tag> {
    return new PagedList({
      key: 'tags',
      perPage: options.perPage,
      read: readTag,
      fetchPage: (query) => this.#call('listTags', { query }, options),
      wholeByDefault: () => this.#session.capabilities.announces('paging', options),
    })
  }

  /** One tag. Throws `NotFoundError` when there is none. */
  get(id: number, options: CallOptions = {}): ApiPromise<Tag> {
    return apiPromise(options, async (options) => {
      return this.#one('getTag', { params: { id } }, options)
    })
  }

  /** Names are unique: a second tag of the same name throws `ConflictError`. */
  create(input: CreateTagInput, options: CallOptions = {}): ApiPromise<Tag> {
    return apiPromise(options, async (options) => {
      const { createTag } = await onDemand()
      return createTag(this.#session, input, this.#with(options), (id) => this.get(id, options))
    })
  }

  /** What is left out keeps its value. */
  update(id: number, input: UpdateTagInput, options: CallOptions = {}): ApiPromise<Tag> {
    return apiPromise(options, async (options) => {
      const { updateTag } = await onDemand()
      return updateTag(id, input, this.#with(options), (id) => this.get(id, options))
    })
  }

  /** The tag leaves its domains. */
  delete(id: number, options: CallOptions = {}): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      await (await onDemand()).deleteTag(this.#session, id, this.#with(options), options)
    })
  }

  #with(options: CallOptions) {
    return (operation: OperationName, input: CallInput) => this.#call(operation, input, options)
  }

  async #one(operation: OperationName, input: CallInput, options: CallOptions): Promise<Tag> {
    const answer = await this.#call(operation, input, options)
    return this.#session.transport.expected(readTag(answer.body), 'a tag', answer)
  }

  /** "Not found" can mean the tag or the whole route; the server's capabilities tell which. */
  async #call(operation: OperationName, input: CallInput, options: CallOptions): Promise<RawAnswer> {
    try {
      return await this.#session.transport.call(operation, input, options)
    } catch (error) {
      if (!(error instanceof NotFoundError) || (await this.#session.capabilities.get(options)).has('tags')) throw error
      throw new UnsupportedError('This server has no routes for tags. Make and change tags in the web app.', {
        cause: error,
        extension: 'tags',
      })
    }
  }
}
