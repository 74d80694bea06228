import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { schemaJson } from '@dmarc-as-code/terraform-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../scripts/lib/bootstrap.mjs'
import { goPeer } from './support/go.ts'
import { peerTitle } from './support/installing.ts'

const RELEASE = 'v0.24.0'
const peer = await goPeer('github.com/hashicorp/terraform-plugin-docs/cmd/tfplugindocs', RELEASE)

describe.skipIf(!peer.available)(peerTitle(`tfplugindocs ${RELEASE}`, peer), () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tfplugindocs-'))
    await cp(join(root, 'packages/terraform-provider/docs'), join(folder, 'docs'), { recursive: true })
    // tfplugindocs looks a provider up under HashiCorp's namespace, whatever its own one is.
    const schema = schemaJson({ source: 'registry.terraform.io/hashicorp/dmarcreport' })
    await writeFile(join(folder, 'schema.json'), JSON.stringify(schema))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const validate = () => {
    if (!peer.available) throw new Error(peer.why)
    const args = ['validate', '--provider-name', 'dmarcreport', '--provider-dir', folder]
    return promisify(execFile)(peer.program, [...args, '--providers-schema', join(folder, 'schema.json')])
  }

  it('finds the pages of the provider complete and well formed', async () => {
    await validate()
  })

  it('reports a page of a resource that the schema does not have', async () => {
    const page = join(folder, 'docs/resources/unknown.md')
    await writeFile(page, '---\npage_title: "x"\nsubcategory: ""\ndescription: |-\n  x\n---\n')
    await expect(validate()).rejects.toThrow('unknown')
    await rm(page)
  })
})
