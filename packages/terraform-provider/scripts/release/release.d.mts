export function completeRelease(
  folder: string,
  options?: { readonly dryRun?: boolean; readonly env?: NodeJS.ProcessEnv },
): Promise<string[]>
