import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installedTerraforms, runSteps, testProvider } from '@dmarc-as-code/terraform-plugin/testing'
import { expect, it } from 'vitest'
import notes from './provider.ts'

it.skipIf(installedTerraforms().length === 0)('a note is created, changed, repaired and removed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'notes-'))
  const file = join(folder, 'todo.txt')
  const hcl = (text: string) => `
    provider "notes" {
      folder = "${folder}"
    }
    resource "notes_note" "todo" {
      name = "todo"
      text = "${text}"
    }
  `
  await using terraform = await testProvider(notes)

  await terraform.apply(hcl('milk'))
  await terraform.expectEmptyPlan()

  await writeFile(file, 'scribble')
  expect((await terraform.plan()).changes[0]?.actions).toEqual(['update'])

  await terraform.apply(hcl('bread'))
  expect(await readFile(file, 'utf8')).toBe('bread')

  await terraform.destroy()

  await expect(terraform.validate(hcl('x').replace('"todo"\n', '"to do"\n'))).rejects.toThrow(
    /letters, digits and dashes/,
  )
  await rm(folder, { recursive: true })
})

it.skipIf(installedTerraforms().length === 0)('a note in steps', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'notes-'))
  const hcl = (name: string, text: string) => `
    provider "notes" {
      folder = "${folder}"
    }
    resource "notes_note" "todo" {
      name = "${name}"
      text = "${text}"
    }
  `
  await using terraform = await testProvider(notes)

  await runSteps(terraform, [
    {
      config: hcl('todo', 'milk'),
      plan: (plan) => plan.expectAction('notes_note.todo', 'create').expectUnknown('notes_note.todo', 'path'),
      state: (state) => state.expectValue('notes_note.todo', ['text'], 'milk'),
    },
    { import: { address: 'notes_note.todo', id: (state) => String(state.value('notes_note.todo', 'path')) } },
    {
      name: 'a change behind its back',
      before: () => writeFile(join(folder, 'todo.txt'), 'scribble'),
      plan: (plan) => plan.expectAction('notes_note.todo', 'update'),
    },
    { config: hcl('to do', 'milk'), expectError: /letters, digits and dashes/ },
    {
      config: hcl('done', 'milk'),
      planOnly: true,
      plan: (plan) => plan.expectReplacedFor('notes_note.todo', 'name'),
    },
  ])
  await rm(folder, { recursive: true })
})
