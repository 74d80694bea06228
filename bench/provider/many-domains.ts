import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const COUNT = 1_000

const VARIABLES = join(import.meta.dirname, '../../examples/terraform-quickstart/variables.tf')

const required = `terraform {
  required_providers {
    dmarcreport = {
      source = "dmarc-as-code/dmarcreport"
    }
  }
}
`

/** Two ways to write many domains. Either is the same for a domain and for `terraform_data`, which takes the arguments as input. */
const shapes = {
  /** As the quickstart does, with its variables. */
  quickstart: {
    before: () => readFile(VARIABLES, 'utf8'),
    repeated: 'for_each = var.domains',
    given: {
      address: 'each.key',
      parked: 'each.value.parked',
      tags: 'each.value.tags',
      hosted_dmarc: 'each.value.dmarc',
      hosted_mta_sts: 'each.value.mta_sts',
    },
  },
  /** As bare as can be: nothing for Terraform to work out before the provider is asked. */
  count: {
    before: async () => '',
    repeated: `count = ${COUNT}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: HCL
    given: { address: '"d${count.index}.example.test"', hosted_dmarc: '{ policy = "none" }' },
  },
} as const

export type Shape = keyof typeof shapes

export async function configuration(shape: Shape, resource: 'dmarcreport_domain' | 'terraform_data'): Promise<string> {
  const { before, repeated, given } = shapes[shape]
  const lines = Object.entries(given).map(([name, value]) => `${name} = ${value}`)
  const ours = resource === 'dmarcreport_domain'
  const body = ours ? lines : ['input = {', ...lines, '}']
  return `${ours ? required : ''}${await before()}
resource "${resource}" "this" {
  ${[repeated, ...body].join('\n  ')}
}
`
}

/** What `terraform.tfvars.json` says. */
export const variables = {
  domains: Object.fromEntries(
    Array.from({ length: COUNT }, (_, index) => [`d${index}.example.test`, { dmarc: { policy: 'none' } }]),
  ),
}
