import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, writeFile, rm, chmod, copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { bundle } from '../packages/terraform-provider/scripts/bundle.mjs'
import { configuration, variables as all } from './provider/many-domains.ts'
import { workspace } from './provider/workspace.ts'
const variables = { domains: Object.fromEntries(Object.entries(all.domains).slice(0, 300)) }
const N = Number(process.argv[2] ?? 3)
const prof = process.argv[3] === 'prof'
const base = await mkdtemp('/tmp/e-prof/run-')
const scripts = { before: '/tmp/bn/before/packages/terraform-provider/dist/provider.cjs', main: '/tmp/bn/after/packages/terraform-provider/dist/provider.cjs', now: join(base, 'now.cjs') }
await writeFile(scripts.now, await bundle())
const sandbox = await createSandbox()
const env = { DMARCREPORT_TOKEN: sandbox.token, DMARCREPORT_ENDPOINT: sandbox.apiUrl }
const out = {}
const tf = {}
let first = true
for (const [name, script] of Object.entries(scripts)) {
  const folder = join(base, name); await mkdir(folder)
  await writeFile(join(folder, 'terraform.tfvars.json'), JSON.stringify(variables))
  const wrapper = join(folder, 'w.cjs')
  await writeFile(wrapper, `#!/usr/bin/env -S node${prof ? ` --cpu-prof --cpu-prof-dir=${folder}/prof` : ''}\nprocess.on('exit',()=>{require('fs').appendFileSync('${folder}/cpu',JSON.stringify({...process.cpuUsage(),rss:process.resourceUsage().maxRSS})+'\\n')});require('${script}')\n`)
  await chmod(wrapper, 0o755)
  const t = await workspace(folder, await configuration('quickstart', 'dmarcreport_domain'), env, { script: wrapper })
  if (first) { await t('apply', '-auto-approve', '-parallelism=20'); first = false; out.state = join(folder, 'terraform.tfstate') }
  else { await copyFile(out.state, join(folder, 'terraform.tfstate')) ; await t('apply', '-auto-approve') }
  await rm(join(folder, 'cpu'), { force: true }); await rm(join(folder, 'prof'), { recursive: true, force: true })
  tf[name] = t
}
for (let i = 0; i < N; i++) for (const name of Object.keys(scripts)) {
  const folder = join(base, name)
  const c0 = process.resourceUsage()
  await tf[name]('plan', '-detailed-exitcode')
  const lines = (await readFile(join(folder, 'cpu'), 'utf8')).trim().split('\n').map(l => JSON.parse(l))
  await rm(join(folder, 'cpu'))
  console.log(name, 'provider cpu ms', lines.map(l => Math.round((l.user + l.system) / 1000)).join(' '), 'sum', Math.round(lines.reduce((a, l) => a + l.user + l.system, 0) / 1000), 'rss', Math.max(...lines.map(l => l.rss)) >> 10)
}
console.log(base)
await sandbox.close(); process.exit(0)
