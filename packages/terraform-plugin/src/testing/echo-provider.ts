import { isKnown } from '../encoding/unknown.ts'
import { defineWith } from '../provider/define.ts'
import type { Provider } from '../provider/provider.ts'
import { s } from '../schema/s.ts'

const define = defineWith<{ readonly data: unknown }>()

/**
 * A provider that keeps in the state what it is configured with, so that a test can see the values of ephemeral resources, which
 * Terraform stores nowhere. Pass it as one of `others` of `testProvider`:
 *
 *     provider "echo" {
 *       data = ephemeral.toy_token.t
 *     }
 *     resource "echo" "seen" {}
 */
export const echoProvider: Provider = define.provider({
  name: 'echo',
  schema: { data: s.dynamic().optional() },
  configure: ({ config: { data } }) => ({ data: isKnown(data) ? data : null }),
  resources: {
    echo: define.resource({
      schema: { data: s.dynamic().computed().nullable() },
      create: ({ client }) => ({ data: client.data as never }),
      read: ({ state }) => state,
      delete() {},
    }),
  },
})
