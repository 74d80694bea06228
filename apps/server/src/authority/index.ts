export { type Authority, startAuthority } from './listen.ts'
export { type Rrset, ZoneData } from './zone-data.ts'
