import type { AttributeSpec, Shape } from './spec.ts'

/**
 * What a specification says that Terraform knows of whole attributes only, as the names of the methods that say it. Of an
 * element of a collection it would be without effect: a secret that is shown, a default that is never used.
 */
export function attributeOnly(spec: AttributeSpec): string[] {
  const said: [boolean, string][] = [
    [spec.required, 'required'],
    [spec.optional && !spec.default && !spec.writeOnly, 'optional'],
    [spec.computed && !spec.default, 'computed'],
    [spec.default !== undefined, 'default'],
    [spec.nullable, 'nullable'],
    [spec.sensitive, 'sensitive'],
    [spec.writeOnly, 'writeOnly'],
    [spec.unknownAllowed, 'acceptsUnknown'],
    [spec.deprecated, 'deprecated'],
    [spec.keepsState, 'useStateForUnknown'],
    [spec.planModifiers.length > (spec.keepsState ? 1 : 0), 'modifyPlan'],
    [spec.replaceWhen.length > 0, 'requiresReplace'],
    [spec.elementKey !== undefined, 'elementKey'],
  ]
  return said.filter(([is]) => is).map(([, method]) => method)
}

/** What has these methods, and which: an attribute has all, a parameter of a function some. */
export interface WholeMethods {
  readonly of: string
  readonly methods?: readonly string[]
}

/** Refuses elements of a collection, and members of a tuple or struct, that carry what only whole attributes can. */
export function checkElements(at: string, shape: Shape, whole: WholeMethods = { of: 'attribute' }): void {
  for (const [place, element] of elementsInside(at, shape)) {
    const [method] = element.attributeOnly ?? []
    if (method === undefined) continue
    const said = `${at}: .${method}() on the element ${place} has no effect, since`
    if (method === 'elementKey') {
      throw new TypeError(`${said} it is for lists of s.object() that are no elements themselves. Leave it out.`)
    }
    const fits = whole.methods === undefined || whole.methods.includes(method)
    const fix = fits ? `Move it to the ${whole.of}: s.${shape.kind}(...).${method}().` : 'Leave it out.'
    const knows = `Terraform knows it of whole ${fits ? whole.of : 'attribute'}s only.`
    throw new TypeError(`${said} ${knows} ${fix} In s.object() each member is an attribute.`)
  }
}

/** The elements of a shape at any depth, each with its place. Nested attributes have specifications of their own. */
function* elementsInside(at: string, shape: Shape): Generator<[string, Shape]> {
  for (const [place, element] of elements(at, shape)) {
    yield [place, element]
    yield* elementsInside(place, element)
  }
}

function elements(at: string, shape: Shape): [string, Shape][] {
  switch (shape.kind) {
    case 'list':
    case 'set':
    case 'map':
      return [[`${at}[*]`, shape.element]]
    case 'tuple':
      return shape.elements.map((element, index) => [`${at}[${index}]`, element])
    case 'struct':
      return Object.entries(shape.members).map(([name, member]) => [`${at}.${name}`, member])
    default:
      return []
  }
}
