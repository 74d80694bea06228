import { asObject, text } from './json.ts'

/** Which code keeps a domain (`managed_by`, an extension of our server). */
export interface ManagedBy {
  /** Where the code is: a workspace, a repository, a stack. */
  workspace: string
  /** What the code calls the domain; null where it does not say. */
  label: string | null
}

/** Undefined where it is neither null nor an object with a workspace. */
export function readManagedBy(value: unknown): ManagedBy | null | undefined {
  if (value === null) return null
  const object = asObject(value)
  const workspace = text(object?.workspace)
  return workspace === undefined ? undefined : { ...object, workspace, label: text(object?.label) ?? null }
}
