import { owner } from './entry.ts'

/** For verifications and plans alike: `name` is the domain, `zone` the registry's zone. */
export const unregistered = owner(
  'Domain not registered',
  ({ name, zone }) =>
    `${name} is not registered, or its registration has expired or is on hold: ${zone} does not delegate it to any name server.`,
  ({ name }) => `Register or renew ${name} at a registrar, or correct the name.`,
)
