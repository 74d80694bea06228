import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './bootstrap.mjs'
import { addUpReports, type Totals } from './test-reports.ts'

/** More failed files than this are no accident of a busy machine, so nothing is run again. */
const MOST_FILES = 6

/**
 * Adds up the reports in `reports`. A few failed files are run once more first, each package's by themselves through
 * `command` (the program and its arguments, which take the paths of the files), and what they say then stands. Prints
 * what failed the first time, so that a test that passes only when it is alone does not go unseen.
 */
export function addUpAfterSecondRun(reports: string, command: readonly [string, ...string[]]): Totals {
  const first = addUpReports(reports)
  if (first.failed > 0) console.log('\n== failed')
  for (const [index, name] of first.failedNames.entries()) console.log(`${name}\n${first.failureMessages[index]}\n`)
  const again = join(reports, 'again')
  for (const [folder, files] of filesToRunAgain(first.failedFiles)) {
    console.log(`== run again by themselves: ${files.join(' ')}`)
    const [program, ...args] = command
    run(program, [...args, ...files], { cwd: folder, env: { ...process.env, TEST_REPORT_DIR: again } })
  }
  const totals = addUpReports(reports, again)
  for (const file of totals.unsteadyFiles) console.log(`passed only when run again: ${file}`)
  for (const [index, name] of totals.failedNames.entries()) {
    console.log(`failed: ${name}\n${indented(totals.failureMessages[index])}`)
  }
  for (const name of totals.skippedNames) console.log(`skipped: ${name}`)
  return totals
}

/** So that `.ci/run` can repeat it below its line. */
const indented = (text = '') => text.replace(/^/gm, '  ')

/** The failed test files by the folder of their package; empty when there are more than `MOST_FILES` of them. */
export function filesToRunAgain(failedFiles: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byPackage = new Map<string, string[]>()
  if (failedFiles.length > MOST_FILES) return byPackage
  for (const file of failedFiles) {
    const folder = packageOf(file)
    if (folder !== undefined) byPackage.set(folder, [...(byPackage.get(folder) ?? []), file])
  }
  return byPackage
}

function packageOf(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  return undefined
}
