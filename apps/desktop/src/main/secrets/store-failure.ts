/** Words of libsecret, gnome-keyring, macOS and Windows that mean the store is there but shut. */
const lockedWords =
  /locked|prompt|dismissed|collection\/login|user name or passphrase|interaction is not allowed|user canceled/i

/** What keytar threw: whether there is a store that is shut, or none at all. */
export function storeFailure(error: unknown): 'unavailable' | 'locked' {
  return lockedWords.test(error instanceof Error ? error.message : String(error)) ? 'locked' : 'unavailable'
}
