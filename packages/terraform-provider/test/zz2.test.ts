import { it } from 'vitest'
import { startBench } from './sandbox.ts'
it('prints', async () => {
  const bench = await startBench({timeout: 280_000})
  const { terraform } = bench
  const conf = (more='') => `
provider "dmarcreport" {
${more}
}
resource "dmarcreport_domain" "this" {
  count = 60
  address      = "shop\${count.index}.test"
}
`
  await terraform.apply(conf())
  await terraform.write(conf('endpoint = "http://127.0.0.1:1"'))
  const t = performance.now()
  const { stderr } = await terraform.run('plan', '-no-color')
  console.log(`#### down ${performance.now() - t} ${stderr.split('Error:').length}`)
  await bench.close()
}, 300_000)
