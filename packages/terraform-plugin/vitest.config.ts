import { suite } from '../../vitest.shared.ts'

export default suite('terraform-plugin', { include: ['{src,test,examples}/**/*.test.ts'] })
