/** To read and change records. */
export const dnsScope = 'https://www.googleapis.com/auth/ndev.clouddns.readwrite'

/** Of a token that is only there to become a service account's. */
export const platformScope = 'https://www.googleapis.com/auth/cloud-platform'
