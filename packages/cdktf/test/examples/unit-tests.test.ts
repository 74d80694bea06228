import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openProject } from '../project.ts'
import { exampleFolder } from './on-sandbox.ts'

const examples = (await readdir(exampleFolder(''))).filter((name) => /^cdktf-|^ci$|^existing|^evidence/.test(name))

it.each(examples)('the unit tests of examples/%s pass', { timeout: 60_000 }, async (name) => {
  const project = await openProject({ from: exampleFolder(name), stack: 'mail' })
  onTestFinished(() => project.close())
  const printed = await project.node('--test', '--test-reporter=tap')
  expect(Number(/^# pass (\d+)$/m.exec(printed)?.[1])).toBeGreaterThan(0)
  expect(printed).toMatch(/^# fail 0$/m)
})

it.each(examples)(
  'examples/%s keeps its state where the environment says, with a lock',
  { timeout: 60_000 },
  async (name) => {
    const project = await openProject({ from: exampleFolder(name), stack: 'mail' })
    onTestFinished(() => project.close())
    // A day on which no rollout is too late.
    await project.nodeWith({ STATE_BUCKET: 'states', STATE_REGION: 'eu-central-1', TODAY: '2026-02-01' }, 'main.ts')
    const [file = ''] = (await readdir(join(project.folder, 'cdktf.out'), { recursive: true })).filter((one) =>
      one.endsWith('cdk.tf.json'),
    )
    const { terraform } = JSON.parse(await readFile(join(project.folder, 'cdktf.out', file), 'utf8'))
    const { key, ...settings } = terraform.backend.s3
    expect(key).toMatch(/^[\w-]+\.tfstate$/)
    expect(settings).toEqual({ bucket: 'states', region: 'eu-central-1', encrypt: true, use_lockfile: true })
  },
)
