import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import { confirm, judge } from '../core/confirm.ts'
import { deleteOnce } from '../core/delete-once.ts'
import { NotFoundError, UnsupportedError } from '../core/errors.ts'
import { type ListOptions, PagedList } from '../core/paged-list.ts'
import type { CallInput, CallOptions, RawAnswer, Transport } from '../core/transport.ts'
import { readTag, type Tag } from '../read/tag.ts'
import type { OperationName } from '../routes.ts'
import type { CapabilitiesCache } from './capabilities.ts'
import type { CreateTagInput, UpdateTagInput } from './inputs.ts'

/** Needs the extension `tags`; elsewhere each call throws `UnsupportedError`, and tags are made in the web app. */
export class Tags {
  readonly #transport: Transport
  readonly #capabilities: CapabilitiesCache

  constructor(transport: Transport, capabilities: CapabilitiesCache) {
    this.#transport = transport
    this.#capabilities = capabilities
  }

  /** All tags of the user; the accounts share them. */
  list(options: ListOptions & CallOptions = {}): PagedList<Tag> {
    return new PagedList({
      key: 'tags',
      perPage: options.perPage,
      read: readTag,
      fetchPage: (query) => this.#call('listTags', { query }, options),
      wholeByDefault: () => this.#capabilities.announces('paging', options),
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
      const answer = await this.#call('createTag', { body: { tag: input } }, options)
      const tag = this.#transport.shown(readTag(answer.body), 'the new tag', answer)
      const look = async () => judge(await this.get(tag.id, options), input)
      return confirm({ doing: `creating tag ${input.name}`, answer, shown: judge(tag, input), look })
    })
  }

  /** What is left out keeps its value. */
  update(id: number, input: UpdateTagInput, options: CallOptions = {}): ApiPromise<Tag> {
    return apiPromise(options, async (options) => {
      const answer = await this.#call('updateTag', { params: { id }, body: { tag: input } }, options)
      const shown = readTag(answer.body)
      const look = async () => judge(await this.get(id, options), input)
      return confirm({
        doing: `changing tag ${id}`,
        answer,
        shown: shown?.id === id ? judge(shown, input) : undefined,
        look,
      })
    })
  }

  /** The tag leaves its domains. */
  delete(id: number, options: CallOptions = {}): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      await deleteOnce({
        what: `tag ${id}`,
        send: () => this.#call('deleteTag', { params: { id } }, options),
        stillThere: async () => (await this.#transport.call('getTag', { params: { id } }, options)) !== undefined,
      })
    })
  }

  async #one(operation: OperationName, input: CallInput, options: CallOptions): Promise<Tag> {
    const answer = await this.#call(operation, input, options)
    return this.#transport.expected(readTag(answer.body), 'a tag', answer)
  }

  /** "Not found" can mean the tag or the whole route; the server's capabilities tell which. */
  async #call(operation: OperationName, input: CallInput, options: CallOptions): Promise<RawAnswer> {
    try {
      return await this.#transport.call(operation, input, options)
    } catch (error) {
      if (!(error instanceof NotFoundError) || (await this.#capabilities.get(options)).has('tags')) throw error
      throw new UnsupportedError('This server has no routes for tags. Make and change tags in the web app.', {
        cause: error,
        extension: 'tags',
      })
    }
  }
}
