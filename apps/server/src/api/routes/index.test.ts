import { reportRoutes, routes } from '@dmarc-as-code/client/contract'
import { expect, it } from 'vitest'
import { apiRoutes } from './index.ts'
import { reportApiRoutes } from './reports/index.ts'

it('has one handler for every operation of the contract', () => {
  const names = [...apiRoutes, ...reportApiRoutes].map(({ name }) => name)
  expect(names.sort()).toEqual(Object.keys({ ...routes, ...reportRoutes }).sort())
})
