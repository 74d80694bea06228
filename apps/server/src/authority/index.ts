export { type Authority, type Handler, startAuthority } from './listen.ts'
export { type Rrset, ZoneData } from './zone-data.ts'
