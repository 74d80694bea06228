export function registryExample(file: string): string | undefined
export function writeRegistryLayout(folder: string, release: { readonly manifest: Buffer }): Promise<void>
