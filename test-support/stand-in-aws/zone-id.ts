/** The stand-in's zone ids say the zone's name, so that nothing has to be stored. */
export const zoneIdOf = (name: string) =>
  `Z${Buffer.from(name.toLowerCase().replace(/\.$/, '')).toString('hex').toUpperCase()}`

export function zoneNameOf(id: string): string {
  const name = Buffer.from(id.slice(1), 'hex').toString('utf8')
  if (zoneIdOf(name) !== id) throw new Error(`NoSuchHostedZone: No hosted zone found with ID: ${id}`)
  return name
}
