export { provider } from './provider.ts'
export { schemaJson, source } from './schema-json.ts'
