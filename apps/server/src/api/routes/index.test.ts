import { routes } from '@dmarc-as-code/client/contract'
import { expect, it } from 'vitest'
import { apiRoutes } from './index.ts'

it('has one handler for every operation of the contract', () => {
  expect(apiRoutes.map(({ name }) => name).sort()).toEqual(Object.keys(routes).sort())
})
