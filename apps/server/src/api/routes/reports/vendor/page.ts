import { pageOf } from '../../../paging.ts'

/** Lists of reports always have pages. */
export const pageOrFirst = (query: { page?: number | undefined; per?: number | undefined }) =>
  pageOf({ ...query, page: query.page ?? 1 }) as NonNullable<ReturnType<typeof pageOf>>
