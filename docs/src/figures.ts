import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SavedResults } from '../../bench/saved-results.ts'

/** The page of all figures that were saved, with what is missed as well. */
export function figuresPage(root: string): string {
  const folder = join(root, 'bench/results')
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : []
  const sections = files.sort().map((file) => {
    const { date, machine, results } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as SavedResults
    const on = `${machine.processors} processors (${machine.processor}), ${machine.memory} GiB, ${machine.system}, Node ${machine.node}`
    const rows = results.map(
      ({ name, value, unit, target, ratio, pass }) =>
        `| ${cell(name)} | ${value} ${unit} | ${ratio === null ? '' : `${ratio}x`} | ${cell(target)} | ${pass ? 'met' : 'missed'} |`,
    )
    const table = ['| figure | median | of the floor | target | |', '| --- | --- | --- | --- | --- |', ...rows].join(
      '\n',
    )
    return `## ${file.replace(/\.json$/, '')}\n\nMeasured on ${date}: ${on}.\n\n${table}\n`
  })
  const about =
    'Medians, and ratios to a floor or a peer that was measured in the same run. `npm run bench -- NAME` measures one again, with `--save` it replaces the figures here.'
  return `# Figures\n\n${about}\n\n${sections.join('\n')}`
}

const cell = (text: string) => text.replaceAll('|', '\\|')
