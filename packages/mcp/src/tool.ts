import type { z } from 'zod'
import type { Sources } from './sources.ts'

/** A tool that reads. Its answer is a JSON object; what it throws is shown to the caller as the failure of this call. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  name: string
  title: string
  description: string
  input: Input
  run(input: z.output<Input>, sources: Sources, signal: AbortSignal): Promise<Record<string, unknown>>
}

/** Keeps the type of the input between its schema and `run`. */
export const tool = <Input extends z.ZodObject>(definition: Tool<Input>): Tool => definition as unknown as Tool

/** The request cannot be answered; the message says what to do next. */
export class ToolError extends Error {
  override name = 'ToolError'
}
