import type { IConstruct } from 'constructs'
import { App } from './framework.ts'

const refused = new WeakSet<IConstruct>()

/**
 * Makes synthesis fail where the framework would write HCL: it writes nested attributes as blocks, which Terraform refuses, and
 * does not escape quotes, so that text could end and go on as code.
 */
export function refuseHcl(construct: IConstruct): void {
  const app = construct.node.root
  if (!App.isApp(app) || refused.has(app)) return
  refused.add(app)
  const format = process.env.SYNTH_HCL_OUTPUT
  if (!app.hclOutput && format !== 'true' && format !== '1') return
  construct.node.addValidation({ validate: () => [message] })
}

const message =
  'found HCL as the output format, expected JSON: the framework writes HCL in which nested attributes are blocks and text is ' +
  'not escaped. Leave out hclOutput and SYNTH_HCL_OUTPUT; Terraform and OpenTofu read the JSON as it is.'
