export { type Authority, type AuthorityOptions, type Handler, startAuthority } from './listen.ts'
export { type Caa, type Mx, type Rrset, type Srv, ZoneData, type ZoneOptions } from './zone-data.ts'
