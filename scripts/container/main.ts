import { resolve } from 'node:path'
import { makeContainerContext } from './context.ts'

// `npm run container:context -- FOLDER`
const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Name a new folder for the build context: npm run container:context -- FOLDER')
  process.exit(2)
}
try {
  makeContainerContext(resolve(folder))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
console.log(`The build context is in ${folder}. Build the image with: podman build --tag dmarc-server ${folder}`)
