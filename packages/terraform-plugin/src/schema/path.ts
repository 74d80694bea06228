/** Where in a schema something is: attribute and block names, list indexes and map keys, outermost first. */
export type Path = readonly (string | number)[]

/** A path as Terraform users write it: `rule[0].ports["http"]`. Keys that are no identifiers are quoted. */
export function formatPath(path: Path): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}
