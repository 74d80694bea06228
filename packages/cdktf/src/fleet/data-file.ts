import type { DataPath } from '../data-path.ts'

/** What stands in a file. */
export interface DataFile {
  readonly data: unknown
  /** Where a place of the data stands in the file, such as `domains.yaml:12:5`. */
  locate(path: DataPath): string
}
