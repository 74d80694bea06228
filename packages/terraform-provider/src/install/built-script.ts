import { access } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The single-file provider of this package. Rejects when the package is a checkout that has not been built. */
export async function builtScript(): Promise<string> {
  const file = join(await packageFolder(), 'dist', 'provider.cjs')
  await access(file).catch((cause) => {
    throw new Error(`${file} is missing. Build it: npm run build --workspace @dmarc-as-code/terraform-provider`, {
      cause,
    })
  })
  return file
}

/** Found by its package.json: sources and compiled files lie at different depths. */
async function packageFolder(): Promise<string> {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = await access(join(folder, 'package.json')).then(
      () => true,
      () => false,
    )
    if (found) return folder
    if (folder === dirname(folder)) throw new Error('This module is not inside a package.')
  }
}
