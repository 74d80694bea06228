/** For the tests of packages that take a `Clock`. */
export { FakeClock, settle } from './fake-clock.ts'
