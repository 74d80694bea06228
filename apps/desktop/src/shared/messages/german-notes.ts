/** The notes of plans and what DNS services warn about, with `{name}` in the place of each value. */
export const germanNotes: Readonly<Record<string, string>> = {
  'The wildcard {name} ({found}) answers for this name today. The CNAME takes precedence; the wildcard stays as it is.':
    'Der Platzhalter {name} ({found}) antwortet heute für diesen Namen. Der CNAME hat Vorrang; der Platzhalter bleibt, wie er ist.',
  'The wildcard {name} ({found}) answers for this name today, unless records stand beneath {host}. The CNAME takes precedence; the wildcard stays as it is.':
    'Der Platzhalter {name} ({found}) antwortet heute für diesen Namen, falls unter {host} keine Einträge stehen. Der CNAME hat Vorrang; der Platzhalter bleibt, wie er ist.',
  'The public DNS delegates {zone} to no server, so mail servers do not see its records until the parent zone delegates it to its name servers.':
    'Das öffentliche DNS delegiert {zone} an keinen Server; Mailserver sehen die Einträge darin erst, wenn die übergeordnete Zone sie an ihre Nameserver delegiert.',
  '{service} deletes before it creates, so nothing stands at this name for a moment.':
    '{service} löscht, bevor es anlegt; einen Moment lang steht an diesem Namen nichts.',
  'The zone is signed. Knot DNS takes two messages to exchange the records of a signed name, so nothing stands at this name for a moment; BIND and PowerDNS take one.':
    'Die Zone ist signiert. Knot DNS braucht zwei Nachrichten, um die Einträge eines signierten Namens auszutauschen; einen Moment lang steht an diesem Namen nichts. BIND und PowerDNS brauchen eine.',
  'This server is PowerDNS. Its dynamic updates delete disabled records and comments of the record sets that they replace, and undo cannot restore them, because DNS does not show them. Use the service powerdns (its HTTP API) if there are any.':
    'Dieser Server ist PowerDNS. Seine dynamischen Updates löschen deaktivierte Einträge und Kommentare der Einträge, die sie ersetzen. Rückgängigmachen stellt sie nicht wieder her, denn das DNS zeigt sie nicht. Verwenden Sie den Dienst PowerDNS (seine HTTP-API), falls es welche gibt.',
  'PowerDNS sets the serial of this zone to the time of a change ({service} EPOCH), which is lower than the serial it has, {found}. Secondary servers do not take the change then: set SOA-EDIT-API to DEFAULT or INCREASE first.':
    'PowerDNS setzt die Seriennummer dieser Zone auf die Zeit einer Änderung ({service} EPOCH); das ist weniger als ihre jetzige Seriennummer {found}. Sekundäre Server übernehmen die Änderung dann nicht: Setzen Sie zuerst SOA-EDIT-API auf DEFAULT oder INCREASE.',
}
