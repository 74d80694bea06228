/** The provider as one script, built from the sources. */
export function bundle(): Promise<string>
/** Where the build puts it. */
export const scriptFile: string
