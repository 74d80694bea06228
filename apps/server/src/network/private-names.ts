import { isWithin } from '@dmarc-as-code/dns/wire'

/**
 * Names that only a private network resolves (RFC 6761 and its registry, RFC 6762, RFC 8375, ICANN for `internal`), and the
 * reverse trees.
 */
export const privateNames = ['alt', 'arpa', 'example', 'internal', 'invalid', 'local', 'localhost', 'onion', 'test']

/** Whether the public internet has no such name. */
export const isPrivateName = (name: string): boolean => privateNames.some((suffix) => isWithin(name, suffix))
