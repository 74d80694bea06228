import type { Views } from './roles.ts'
import type { BlockSpec, Validator } from './spec.ts'

/** A nested block of a schema. Made by `s.block`, `s.blockList` and `s.blockSet`. */
export class Block<V extends Views> {
  declare readonly views?: V
  readonly spec: BlockSpec

  constructor(spec: BlockSpec) {
    this.spec = spec
  }

  /** The description shown in documentation (Markdown). */
  describe(description: string): Block<V> {
    return new Block({ ...this.spec, description })
  }

  /** Users are told not to write it any more. `instead` says in a sentence what to do, and is shown where it is written. */
  deprecated(instead = ''): Block<V> {
    return new Block({ ...this.spec, deprecated: true, deprecation: instead })
  }

  /** Adds checks of the whole block (or list of blocks), run when it is known. */
  validate(...validators: readonly Validator<V['config']>[]): Block<V> {
    return new Block({ ...this.spec, validators: [...this.spec.validators, ...validators] })
  }
}
