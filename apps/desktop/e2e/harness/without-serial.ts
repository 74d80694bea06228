/** A zone's dump as it would be but for its serial number, which every change raises, and so does taking it back. */
export const withoutSerial = (dump: string): string => dump.replace(/^.* SOA .*$/gm, '')
