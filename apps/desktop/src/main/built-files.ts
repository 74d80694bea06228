import { join } from 'node:path'
import { app } from 'electron'

/** Where the build put things, from the app's folder: bundling moves code, so a module's own place says nothing. */
export const builtFile = (...path: string[]): string => join(app.getAppPath(), 'out', ...path)
