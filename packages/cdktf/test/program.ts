import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openProject, type Project, type ProjectOptions } from './project.ts'

export type ProgramOptions = Omit<ProjectOptions, 'from' | 'stack'>

/** A project made of these files, by name, whose stack is `mail`. */
export async function programProject(
  files: Readonly<Record<string, string>>,
  options: ProgramOptions,
): Promise<Project> {
  const from = await mkdtemp(join(tmpdir(), 'program-'))
  try {
    await writeFile(join(from, 'package.json'), '{ "type": "module" }\n')
    for (const [name, text] of Object.entries(files)) await writeFile(join(from, name), text)
    return await openProject({ ...options, from, stack: 'mail' })
  } finally {
    await rm(from, { recursive: true, force: true })
  }
}
