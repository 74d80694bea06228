import { Construct } from 'constructs'
import type { Shape } from './shape.ts'

/** A provider of the framework. */
export const providerShape: Shape = { is: (value) => Construct.isConstruct(value), expected: 'a provider of the stack' }
