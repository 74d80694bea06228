/** What may be changed without a review of the code: it is data, and the gate has planned it. */
const dataFiles = ['domains.yaml']

/** The files of a pull request that the gate has not planned, since they are code. */
export function changedCode(list: string): string[] {
  const files = list.split('\n').filter((name) => name !== '')
  return [...new Set(files.filter((name) => !dataFiles.includes(name)))].sort()
}
