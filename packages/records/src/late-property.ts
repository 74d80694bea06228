type DefineGetter = (this: object, name: string, get: () => unknown) => void

/**
 * How to give an object an own, enumerable property whose value is made when somebody looks. `legacy` is `__defineGetter__`
 * (ECMAScript B.2.2.2), which reads no descriptor: where most of the time goes into this, records are read a fifth faster.
 * Engines without it use `Object.defineProperty`.
 */
export function lateProperty(legacy: DefineGetter | undefined): DefineLate {
  if (!legacy) return (target, name, get) => Object.defineProperty(target, name, { get, enumerable: true })
  return (target, name, get) => {
    legacy.call(target, name, get)
    return target
  }
}

/** `get` is called with the object as `this`. One function for all objects: another one for each costs more than reading a record. */
export type DefineLate = (target: object, name: string, get: (this: never) => unknown) => object

export const defineLate = lateProperty((Object.prototype as { __defineGetter__?: DefineGetter }).__defineGetter__)
