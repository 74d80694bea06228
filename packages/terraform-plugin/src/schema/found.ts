import type { ValidatorContext } from './spec.ts'

/** A value as a validator's sentence names it. Nothing of a secret is repeated: quoted or cut it would escape every mask. */
export const found = (value: unknown, { secret = false }: Pick<ValidatorContext, 'secret'>): string =>
  secret ? 'a sensitive value' : typeof value === 'number' ? String(value) : JSON.stringify(value)
