/**
 * The parts of a server, which may run in processes of their own: `api` answers requests, `dns` serves the hosted zone,
 * `policy` serves policy files and proves names to the certificate authority, `workers` publish, verify and order certificates,
 * `intake` receives reports and reads them.
 */
export const roles = ['api', 'dns', 'policy', 'workers', 'intake'] as const

export type Role = (typeof roles)[number]
