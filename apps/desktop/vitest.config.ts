import { suite } from '../../vitest.shared.ts'

export default suite('desktop', { include: ['{src,test,scripts,bench}/**/*.test.{ts,tsx}'] })
