import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peerTitle } from './support/installing.ts'
import { pythonPeer } from './support/python.ts'

const RELEASE = '4.32.5'
/** For each operation. A limit of time would leave none to a slow machine, which takes a while to load the document. */
const EXAMPLES = 5
const peer = await pythonPeer({ schemathesis: RELEASE })

/** What holds for any request. Whether a value is accepted is a rule of the product, which a schema cannot say. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'unsupported_method',
  'allow_header_conformance',
  'use_after_free',
  'ignored_auth',
]

describe.skipIf(!peer.available)(peerTitle(`schemathesis ${RELEASE}`, peer), () => {
  let sandbox: Sandbox
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schemathesis-'))
    sandbox = await createSandbox()
  })
  afterAll(async () => {
    await sandbox.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.each([1, 2])(
    'finds that the API keeps its OpenAPI document, seed %i',
    async (seed) => {
      if (!peer.available) return
      const options = {
        header: `Authorization: Token token=${sandbox.token}`,
        seed: String(seed),
        'max-examples': String(EXAMPLES),
        // The coverage phase of this release fails in itself on Python 3.11.
        phases: 'fuzzing,stateful',
        checks: checks.join(','),
      }
      const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
      const child = spawn(join(peer.bin, 'st'), ['run', `${sandbox.apiUrl}/openapi.json`, ...args], { cwd: folder })
      const [output, code] = await Promise.all([
        text(child.stdout),
        new Promise((resolve) => child.once('close', resolve)),
      ])
      expect(output).toMatch(/\d+ generated, \d+ passed/)
      expect(code, output).toBe(0)
    },
    300_000,
  )
})
