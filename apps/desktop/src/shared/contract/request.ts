import { z } from 'zod'

/** One call from the window to the main process: the check of its argument, and the type of its answer. */
export interface RequestDefinition<Input, Output> {
  readonly input: z.ZodType<Input>
  /** Carries the type only; an answer comes from our own code and is not checked. */
  readonly output?: Output
}

/** `request<Answer>()(schema of the argument)`. The first pair of parentheses lets the argument's type be inferred. */
export function request<Output = void>() {
  return <Input>(input: z.ZodType<Input>): RequestDefinition<Input, Output> => ({ input })
}

/** For requests without an argument. */
export const nothing: z.ZodType<undefined> = z.undefined()

export const key = z.string().min(1).max(300)
export const byKey = z.strictObject({ key })
export const connectionId = z.string().max(100)
