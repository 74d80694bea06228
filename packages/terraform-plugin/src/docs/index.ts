export { documentationPages, type ExampleSource } from './pages.ts'
