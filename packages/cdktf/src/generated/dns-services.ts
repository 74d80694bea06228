// Generated from the provider's schema by `npm run generate`.
export const dnsServiceNames = [
  'azure',
  'cloudflare',
  'desec',
  'digitalocean',
  'exec',
  'google',
  'hetzner',
  'powerdns',
  'rfc2136',
  'route53',
] as const
