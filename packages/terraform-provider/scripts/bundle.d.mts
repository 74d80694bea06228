/** The provider as one script, built from the sources. `entry` is another start than the provider's own. */
export function bundle(entry?: string): Promise<string>
/** Where the build puts it. */
export const scriptFile: string
