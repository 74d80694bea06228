import { suite } from '../../vitest.shared.ts'

// `npm run release:test`, after `npm run release:dry`: what lies in `release/` is installed as its users would.
export default suite('release', { root: import.meta.dirname, include: ['*.release.ts'] })
