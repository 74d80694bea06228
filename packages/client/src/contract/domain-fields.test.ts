import { expectTypeOf, it } from 'vitest'
import type { CreateDomainInput, UpdateDomainInput } from '../input/inputs.ts'
import type { Domain } from '../read/domain.ts'
import type { CreateDomainBody, UpdateDomainBody, WireDomain } from './domains.ts'

/** The fields of the contract that a type of the client lacks; never where it has them all. */
type Missing<Contract, Ours> = Exclude<keyof Contract, keyof Ours>

it('reads every field of a domain that the contract has', () => {
  expectTypeOf<Missing<WireDomain, Domain>>().toBeNever()
})

it('can send every field that the contract takes', () => {
  expectTypeOf<Missing<CreateDomainBody['domain'], CreateDomainInput>>().toBeNever()
  expectTypeOf<Missing<UpdateDomainBody['domain'], UpdateDomainInput>>().toBeNever()
})
