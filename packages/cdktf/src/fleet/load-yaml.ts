import { createRequire } from 'node:module'

/** Loaded only where a file is read: it would take a fifth of the time that importing this package takes. */
export const loadYaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml')
