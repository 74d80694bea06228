/**
 * Texts of the shared catalogue of reasons, by their English form with the place of each value. They come from the service and
 * the DNS engine already filled in, so they are recognised by this form.
 */
export const germanReasons: Readonly<Record<string, string>> = {
  // Titles.
  'Domain not registered': 'Domain nicht registriert',
  'CNAME missing': 'CNAME fehlt',
  'Zone repeated in the name': 'Zone im Namen wiederholt',
  'Only a wildcard answers': 'Nur ein Platzhalter antwortet',
  'Wrong target': 'Falsches Ziel',
  'Zone repeated in the target': 'Zone im Ziel wiederholt',
  'Points to another DMARC service': 'Zeigt auf einen anderen DMARC-Dienst',
  'TXT record in place of the CNAME': 'TXT-Eintrag statt des CNAME',
  'Copy instead of a CNAME': 'Kopie statt eines CNAME',
  'Other records beside the CNAME': 'Andere Einträge neben dem CNAME',
  'Not all records visible': 'Nicht alle Einträge sichtbar',
  'Hidden by a proxy': 'Von einem Proxy verdeckt',
  'CNAME flattened': 'CNAME aufgelöst (Flattening)',
  'DNSSEC validation fails': 'DNSSEC-Prüfung schlägt fehl',
  'Zone not in use': 'Zone nicht in Gebrauch',
  'Name servers disagree': 'Nameserver widersprechen sich',
  Propagating: 'Wird verteilt',
  'Could not check': 'Nicht prüfbar',
  'Not published yet': 'Noch nicht veröffentlicht',
  'Older value served': 'Älterer Wert wird ausgeliefert',
  'Change in progress': 'Änderung läuft',
  'No policy yet': 'Noch keine Richtlinie',
  'No mail hosts found': 'Keine Mailserver gefunden',
  'Waiting for the CNAME': 'Wartet auf den CNAME',
  'Waiting for the certificate': 'Wartet auf das Zertifikat',
  'Certificate forbidden by CAA': 'Zertifikat durch CAA verboten',
  'Policy host does not resolve': 'Richtlinien-Host hat keine Adresse',
  'Policy host does not answer': 'Richtlinien-Host antwortet nicht',
  'Certificate for another name': 'Zertifikat für einen anderen Namen',
  'Certificate expired': 'Zertifikat abgelaufen',
  'Certificate not trusted': 'Zertifikat nicht vertrauenswürdig',
  'Policy file not served': 'Richtliniendatei wird nicht ausgeliefert',
  'Policy file redirected': 'Richtliniendatei wird umgeleitet',
  'Wrong media type': 'Falscher Medientyp',
  'Policy file too large': 'Richtliniendatei zu groß',
  'Invalid policy file': 'Ungültige Richtliniendatei',
  'Older policy served': 'Ältere Richtlinie wird ausgeliefert',
  'Policy id does not match': 'Kennung der Richtlinie passt nicht',
  Verified: 'Geprüft',
  'Not set up': 'Nicht eingerichtet',
  Misconfigured: 'Falsch eingerichtet',
  Published: 'Veröffentlicht',
  'In progress': 'In Arbeit',
  Active: 'Aktiv',
  'Not reachable': 'Nicht erreichbar',
  'CNAME to another target': 'CNAME mit anderem Ziel',
  'Other records in place': 'Andere Einträge vorhanden',
  'No zone for this name': 'Keine Zone für diesen Namen',
  'DNS service unavailable': 'DNS-Dienst nicht verfügbar',
  'Name is a zone of its own': 'Der Name ist eine eigene Zone',
  'Wildcard name': 'Platzhalter-Name',
  'Name delegated to another zone': 'Name an eine andere Zone delegiert',
  'Name below a DNAME': 'Name unter einem DNAME',
  'CNAME to itself': 'CNAME auf sich selbst',

  // The CNAME.
  '{name} is not registered, or its registration has expired or is on hold: {zone} does not delegate it to any name server.':
    '{name} ist nicht registriert, oder die Registrierung ist abgelaufen oder gesperrt: {zone} delegiert sie an keinen Nameserver.',
  'Register or renew {name} at a registrar, or correct the name.':
    'Registrieren oder verlängern Sie {name} bei einem Registrar, oder berichtigen Sie den Namen.',
  'There is no CNAME at {name}.': 'Bei {name} gibt es keinen CNAME.',
  'There is no CNAME at {name} yet.': 'Bei {name} gibt es noch keinen CNAME.',
  'Create a CNAME at {name} that points to {target}.': 'Legen Sie bei {name} einen CNAME an, der auf {target} zeigt.',
  'The CNAME is at {found} instead of {name}: the DNS panel appended the zone to the name.':
    'Der CNAME steht bei {found} statt bei {name}: Die DNS-Verwaltung hat die Zone an den Namen gehängt.',
  'The CNAME is at a name that contains the zone twice instead of {name}: the DNS panel appended the zone to the name.':
    'Der CNAME steht bei einem Namen, der die Zone zweimal enthält, statt bei {name}: Die DNS-Verwaltung hat die Zone an den Namen gehängt.',
  'In the DNS panel, enter "{host}" as the name of the record.':
    'Geben Sie in der DNS-Verwaltung „{host}“ als Namen des Eintrags ein.',
  'In the DNS panel, enter only the part before {zone} as the name of the record.':
    'Geben Sie in der DNS-Verwaltung nur den Teil vor {zone} als Namen des Eintrags ein.',
  'A wildcard record answers for {name}. There is no record at {name} itself.':
    'Für {name} antwortet ein Platzhalter-Eintrag. Bei {name} selbst gibt es keinen Eintrag.',
  'Create a CNAME at {name} that points to {target}. It takes precedence over the wildcard.':
    'Legen Sie bei {name} einen CNAME an, der auf {target} zeigt. Er geht dem Platzhalter vor.',
  'Found {found} at {name}, expected a CNAME to {target}.':
    'Gefunden: {found} bei {name}. Erwartet: ein CNAME auf {target}.',
  'The CNAME at {name} does not point to {target}.': 'Der CNAME bei {name} zeigt nicht auf {target}.',
  'Replace the record at {name} with a CNAME that points to {target}.':
    'Ersetzen Sie den Eintrag bei {name} durch einen CNAME, der auf {target} zeigt.',
  'The CNAME at {name} points to {found} instead of {target}: the DNS panel appended the zone to the target.':
    'Der CNAME bei {name} zeigt auf {found} statt auf {target}: Die DNS-Verwaltung hat die Zone an das Ziel gehängt.',
  'The CNAME at {name} points to a target that ends in the zone instead of {target}: the DNS panel appended the zone to the target.':
    'Der CNAME bei {name} zeigt auf ein Ziel, das mit der Zone endet, statt auf {target}: Die DNS-Verwaltung hat die Zone an das Ziel gehängt.',
  'Enter the target with a trailing dot: "{target}."': 'Geben Sie das Ziel mit einem Punkt am Ende ein: „{target}.“',
  'The CNAME at {name} still points to {found} instead of {target}.':
    'Der CNAME bei {name} zeigt noch auf {found} statt auf {target}.',
  'The CNAME at {name} still points to another DMARC service instead of {target}.':
    'Der CNAME bei {name} zeigt noch auf einen anderen DMARC-Dienst statt auf {target}.',
  'Once you no longer need that service, change the CNAME at {name} to point to {target}.':
    'Sobald Sie jenen Dienst nicht mehr brauchen, ändern Sie den CNAME bei {name} so, dass er auf {target} zeigt.',
  'There is a TXT record at {name} where the CNAME belongs: {found}.':
    'Bei {name} steht ein TXT-Eintrag, wo der CNAME hingehört: {found}.',
  'There is a TXT record at {name} where the CNAME belongs.':
    'Bei {name} steht ein TXT-Eintrag, wo der CNAME hingehört.',
  'Remove the TXT record at {name}, then create a CNAME there that points to {target}.':
    'Entfernen Sie den TXT-Eintrag bei {name} und legen Sie dort einen CNAME an, der auf {target} zeigt.',
  'The hosted value was copied to {name} ({found}), so later changes do not reach it.':
    'Der gehostete Wert wurde nach {name} kopiert ({found}), daher kommen spätere Änderungen dort nicht an.',
  'The hosted value was copied to {name}, so later changes do not reach it.':
    'Der gehostete Wert wurde nach {name} kopiert, daher kommen spätere Änderungen dort nicht an.',
  'Replace the copy at {name} with a CNAME that points to {target}.':
    'Ersetzen Sie die Kopie bei {name} durch einen CNAME, der auf {target} zeigt.',
  'There are other records beside the CNAME at {name}: {found}. A CNAME must be the only record at its name (RFC 2181 section 10.1).':
    'Neben dem CNAME bei {name} stehen andere Einträge: {found}. Ein CNAME muss der einzige Eintrag bei seinem Namen sein (RFC 2181, Abschnitt 10.1).',
  'There are other records beside the CNAME at {name}. A CNAME must be the only record at its name (RFC 2181 section 10.1).':
    'Neben dem CNAME bei {name} stehen andere Einträge. Ein CNAME muss der einzige Eintrag bei seinem Namen sein (RFC 2181, Abschnitt 10.1).',
  'Remove every record at {name} except the CNAME to {target}.':
    'Entfernen Sie bei {name} jeden Eintrag außer dem CNAME auf {target}.',
  'A proxy answers at {name} ({found}) and hides the CNAME to {target}.':
    'Bei {name} antwortet ein Proxy ({found}) und verdeckt den CNAME auf {target}.',
  'A proxy answers at {name} and hides the CNAME to {target}.':
    'Bei {name} antwortet ein Proxy und verdeckt den CNAME auf {target}.',
  'Turn off the proxy for {name} ("DNS only"), and make it a CNAME to {target}.':
    'Schalten Sie den Proxy für {name} ab („DNS only“) und machen Sie den Eintrag zu einem CNAME auf {target}.',
  '{name} answers with the content of {target} ({found}) instead of the CNAME: the DNS service flattens it. Mail works, but the record cannot be verified.':
    '{name} antwortet mit dem Inhalt von {target} ({found}) statt mit dem CNAME: Der DNS-Dienst löst ihn auf. E-Mail funktioniert, aber der Eintrag ist nicht prüfbar.',
  '{name} answers with the content of {target} instead of the CNAME: the DNS service flattens it. Mail works, but the record cannot be verified.':
    '{name} antwortet mit dem Inhalt von {target} statt mit dem CNAME: Der DNS-Dienst löst ihn auf. E-Mail funktioniert, aber der Eintrag ist nicht prüfbar.',
  'Turn off CNAME flattening for {name}, or leave it as it is.':
    'Schalten Sie CNAME-Flattening für {name} ab, oder lassen Sie es, wie es ist.',
  'The CNAME at {name} is correct, but DNSSEC validation of {zone} fails, so mail receivers that validate cannot see it.':
    'Der CNAME bei {name} ist richtig, aber die DNSSEC-Prüfung von {zone} schlägt fehl. Empfänger, die prüfen, sehen ihn daher nicht.',
  'Fix the DNSSEC of {zone}: make the DS record at the registrar match the keys of the zone, or remove the DS record.':
    'Bringen Sie DNSSEC von {zone} in Ordnung: Der DS-Eintrag beim Registrar muss zu den Schlüsseln der Zone passen, oder er muss weg.',
  'The record is on {holders}, but the parent zone delegates {zone} to {nameServers}.':
    'Der Eintrag ist auf {holders}, aber die übergeordnete Zone delegiert {zone} an {nameServers}.',
  'Create the record at the service that runs {nameServers}, or change the name servers of {zone} at the registrar.':
    'Legen Sie den Eintrag bei dem Dienst an, der {nameServers} betreibt, oder ändern Sie die Nameserver von {zone} beim Registrar.',
  'The CNAME at {name} is correct on some name servers, but not on {holders}.':
    'Der CNAME bei {name} ist auf einigen Nameservern richtig, aber nicht auf {holders}.',
  'Wait until every name server has the change. If this lasts, check why those servers are behind.':
    'Warten Sie, bis jeder Nameserver die Änderung hat. Dauert das an, prüfen Sie, warum diese Server zurückliegen.',
  'The CNAME at {name} is correct. Some name servers or resolvers still return an older answer.':
    'Der CNAME bei {name} ist richtig. Einige Nameserver oder Resolver geben noch eine ältere Antwort.',
  'The CNAME at {name} is correct. Some resolvers still remember that there was no such record.':
    'Der CNAME bei {name} ist richtig. Einige Resolver erinnern sich noch daran, dass es keinen solchen Eintrag gab.',
  'Could not check {name}. The last known state is shown.':
    '{name} war nicht prüfbar. Gezeigt wird der letzte bekannte Zustand.',
  'The check is repeated. If this lasts, make sure that the name servers of {zone} answer.':
    'Die Prüfung wird wiederholt. Dauert das an, sorgen Sie dafür, dass die Nameserver von {zone} antworten.',
  'The CNAME at {name} is in place and verified.': 'Der CNAME bei {name} ist vorhanden und geprüft.',
  'Found {found} at {name} where a CNAME to {target} is expected.':
    'Gefunden: {found} bei {name}, wo ein CNAME auf {target} erwartet wird.',
  'Found another record at {name} where a CNAME to {target} is expected.':
    'Gefunden: ein anderer Eintrag bei {name}, wo ein CNAME auf {target} erwartet wird.',
  'The CNAME is verified. {rest}': 'Der CNAME ist geprüft. {rest}',
  'Hosting is off for this record.': 'Das Hosting dieses Eintrags ist aus.',
  'Hosting is off, but the CNAME may still lead to {target}, which no longer exists.':
    'Das Hosting ist aus, aber der CNAME führt vielleicht noch zu {target}, das es nicht mehr gibt.',
  'Remove the CNAME, or turn hosting on again.': 'Entfernen Sie den CNAME, oder schalten Sie das Hosting wieder an.',

  // The TXT record behind it.
  'The service has not published a TXT record at {name} yet.':
    'Der Dienst hat bei {name} noch keinen TXT-Eintrag veröffentlicht.',
  'The service still serves {found} at {name}. The new value is being published.':
    'Der Dienst liefert bei {name} noch {found} aus. Der neue Wert wird gerade veröffentlicht.',
  'The service still serves an older value at {name}. The new value is being published.':
    'Der Dienst liefert bei {name} noch einen älteren Wert aus. Der neue Wert wird gerade veröffentlicht.',
  'The service is publishing the new value of the TXT record at {name}.':
    'Der Dienst veröffentlicht gerade den neuen Wert des TXT-Eintrags bei {name}.',
  'Could not check the TXT record at {name}. The last known state is shown.':
    'Der TXT-Eintrag bei {name} war nicht prüfbar. Gezeigt wird der letzte bekannte Zustand.',
  'The check is repeated.': 'Die Prüfung wird wiederholt.',
  'The record behind the CNAME is served.': 'Der Eintrag hinter dem CNAME wird ausgeliefert.',
  'The service is publishing the record behind the CNAME.':
    'Der Dienst veröffentlicht gerade den Eintrag hinter dem CNAME.',

  // The policy file.
  'The operator of the policy host must fix this. No action is needed at the domain.':
    'Das muss der Betreiber des Richtlinien-Hosts beheben. Bei der Domain ist nichts zu tun.',
  'The service has not created the policy file yet.': 'Der Dienst hat die Richtliniendatei noch nicht angelegt.',
  'The domain has no MX records, so there is no policy to host yet.':
    'Die Domain hat keine MX-Einträge, daher gibt es noch keine Richtlinie.',
  'Add MX records to the domain, or set the mail hosts of the policy.':
    'Geben Sie der Domain MX-Einträge, oder legen Sie die Mailserver der Richtlinie fest.',
  'The policy file is checked once the CNAME at {name} is verified.':
    'Die Richtliniendatei wird geprüft, sobald der CNAME bei {name} geprüft ist.',
  'Create the CNAME at {name} that points to {target}.': 'Legen Sie bei {name} den CNAME an, der auf {target} zeigt.',
  'The service is obtaining a certificate for {name}.': 'Der Dienst beschafft gerade ein Zertifikat für {name}.',
  'The service cannot obtain a certificate for {name}: {found}.':
    'Der Dienst bekommt kein Zertifikat für {name}: {found}.',
  'The service cannot obtain a certificate for {name}: a CAA record of the domain forbids it.':
    'Der Dienst bekommt kein Zertifikat für {name}: Ein CAA-Eintrag der Domain verbietet es.',
  'Add a CAA record at {name} or at the domain that allows the certificate authority, or remove the records that forbid it.':
    'Legen Sie bei {name} oder bei der Domain einen CAA-Eintrag an, der die Zertifizierungsstelle erlaubt, oder entfernen Sie die Einträge, die sie verbieten.',
  '{name} has no address yet.': '{name} hat noch keine Adresse.',
  'Could not connect to {name} ({found}).': 'Keine Verbindung zu {name} ({found}).',
  'Could not connect to {name}.': 'Keine Verbindung zu {name}.',
  'The certificate of {name} is for {found}.': 'Das Zertifikat von {name} gilt für {found}.',
  'The certificate of {name} is for another name.': 'Das Zertifikat von {name} gilt für einen anderen Namen.',
  'The certificate of {name} has expired.': 'Das Zertifikat von {name} ist abgelaufen.',
  'The certificate of {name} is not signed by a trusted authority.':
    'Das Zertifikat von {name} ist nicht von einer vertrauenswürdigen Stelle unterschrieben.',
  '{name} answers the request for the policy file with HTTP status {found}, expected 200.':
    '{name} beantwortet die Anfrage nach der Richtliniendatei mit dem HTTP-Status {found}, erwartet ist 200.',
  '{name} does not serve the policy file.': '{name} liefert die Richtliniendatei nicht aus.',
  '{name} redirects the request for the policy file to {found}. Mail servers do not follow redirects (RFC 8461 section 3.3).':
    '{name} leitet die Anfrage nach der Richtliniendatei auf {found} um. Mailserver folgen keinen Umleitungen (RFC 8461, Abschnitt 3.3).',
  '{name} redirects the request for the policy file. Mail servers do not follow redirects (RFC 8461 section 3.3).':
    '{name} leitet die Anfrage nach der Richtliniendatei um. Mailserver folgen keinen Umleitungen (RFC 8461, Abschnitt 3.3).',
  '{name} serves the policy file as {found}, expected text/plain.':
    '{name} liefert die Richtliniendatei als {found} aus, erwartet ist text/plain.',
  '{name} serves the policy file as another media type, expected text/plain.':
    '{name} liefert die Richtliniendatei mit einem anderen Medientyp aus, erwartet ist text/plain.',
  'The policy file of {name} is larger than mail servers accept (64 KB).':
    'Die Richtliniendatei von {name} ist größer, als Mailserver annehmen (64 KB).',
  'The policy file of {name} is not valid: {found}.': 'Die Richtliniendatei von {name} ist nicht gültig: {found}.',
  'The policy file of {name} is not valid.': 'Die Richtliniendatei von {name} ist nicht gültig.',
  '{name} serves a policy other than the current one.': '{name} liefert eine andere als die jetzige Richtlinie aus.',
  'The MTA-STS record carries the id {found} and not that of the policy file, so mail servers keep an earlier policy.':
    'Der MTA-STS-Eintrag trägt die Kennung {found} und nicht die der Richtliniendatei, daher behalten Mailserver eine frühere Richtlinie.',
  'The MTA-STS record carries another id and not that of the policy file, so mail servers keep an earlier policy.':
    'Der MTA-STS-Eintrag trägt eine andere Kennung als die Richtliniendatei, daher behalten Mailserver eine frühere Richtlinie.',
  'Could not check the policy file of {name}. The last known state is shown.':
    'Die Richtliniendatei von {name} war nicht prüfbar. Gezeigt wird der letzte bekannte Zustand.',
  'The policy file is served.': 'Die Richtliniendatei wird ausgeliefert.',
  'The service is preparing the policy file.': 'Der Dienst bereitet die Richtliniendatei vor.',
  'The policy file cannot be fetched.': 'Die Richtliniendatei ist nicht abrufbar.',

  // What is in the way of a plan.
  'Found {found} at {name}, expected CNAME {target}.': 'Gefunden: {found} bei {name}. Erwartet: CNAME {target}.',
  'Found another CNAME at {name}, expected CNAME {target}.':
    'Gefunden: ein anderer CNAME bei {name}. Erwartet: CNAME {target}.',
  'Found {found} at {name}. A CNAME must be the only record at its name.':
    'Gefunden: {found} bei {name}. Ein CNAME muss der einzige Eintrag bei seinem Namen sein.',
  'Found other records at {name}. A CNAME must be the only record at its name.':
    'Gefunden: andere Einträge bei {name}. Ein CNAME muss der einzige Eintrag bei seinem Namen sein.',
  'A proxy answers for {found} at {name} and hides it.':
    'Ein Proxy antwortet für {found} bei {name} und verdeckt den Eintrag.',
  'A proxy answers for the record at {name} and hides it.':
    'Ein Proxy antwortet für den Eintrag bei {name} und verdeckt ihn.',
  '{service} has no zone that holds {name}.': '{service} hat keine Zone, zu der {name} gehört.',
  'Check which service hosts the zone, and that the credentials can see it.':
    'Prüfen Sie, welcher Dienst die Zone hostet, und ob die Zugangsdaten sie sehen.',
  '{service} did not answer: {found}.': '{service} antwortete nicht: {found}.',
  '{service} did not answer.': '{service} antwortete nicht.',
  'Check the network and the credentials, then plan again.':
    'Prüfen Sie Netzwerk und Zugangsdaten und planen Sie dann noch einmal.',
  'The parent zone delegates {zone} to {nameServers}, not to {holders}, so a record here would never be seen.':
    'Die übergeordnete Zone delegiert {zone} an {nameServers}, nicht an {holders}. Ein Eintrag hier würde daher nie gesehen.',
  'Add the record at the service that runs {nameServers}.':
    'Legen Sie den Eintrag bei dem Dienst an, der {nameServers} betreibt.',
  '{name} is a zone of its own, and a CNAME cannot stand at the top of a zone.':
    '{name} ist eine eigene Zone, und an der Spitze einer Zone kann kein CNAME stehen.',
  "Correct the name if it was a mistake. If {name} is delegated on purpose, publish the record's content in that zone instead of the CNAME.":
    'Berichtigen Sie den Namen, wenn er ein Versehen war. Ist {name} mit Absicht delegiert, veröffentlichen Sie in jener Zone den Inhalt des Eintrags statt des CNAME.',
  '{name} is a wildcard. The record must stand at one exact name.':
    '{name} ist ein Platzhalter. Der Eintrag muss bei genau einem Namen stehen.',
  'Records stand at {name}, and the server does not show all of them: {found} Those that are not seen could not be put back.':
    'Bei {name} stehen Einträge, und der Server zeigt nicht alle davon: {found} Die nicht sichtbaren ließen sich nicht zurückholen.',
  'Records stand at {name}, and the server does not show all of them. Those that are not seen could not be put back.':
    'Bei {name} stehen Einträge, und der Server zeigt nicht alle davon. Die nicht sichtbaren ließen sich nicht zurückholen.',
  'Allow zone transfers for this key (Knot DNS: acl with action transfer), then plan again.':
    'Erlauben Sie Zonentransfers für diesen Schlüssel (Knot DNS: acl mit der Aktion transfer), und planen Sie erneut.',
  'Use the exact name.': 'Verwenden Sie den genauen Namen.',
  '{name} is delegated to {nameServers}, so a record for it in {zone} would never be seen.':
    '{name} ist an {nameServers} delegiert. Ein Eintrag dafür in {zone} würde daher nie gesehen.',
  '{found} redirects {name} to another zone.': '{found} leitet {name} auf eine andere Zone um.',
  'A DNAME record above it redirects {name} to another zone.':
    'Ein DNAME-Eintrag darüber leitet {name} auf eine andere Zone um.',
  'Add the record in the zone that the DNAME points to.':
    'Legen Sie den Eintrag in der Zone an, auf die der DNAME zeigt.',
  'The CNAME at {name} would point to itself.': 'Der CNAME bei {name} würde auf sich selbst zeigen.',
  'Use the target that the service names.': 'Verwenden Sie das Ziel, das der Dienst nennt.',

  // What a DMARC record does.
  'There is no policy: receivers decide for themselves what to do with forged mail.':
    'Es gibt keine Richtlinie: Empfänger entscheiden selbst, was sie mit gefälschter E-Mail tun.',
  'Mail that fails the check is delivered as usual.':
    'E-Mail, die die Prüfung nicht besteht, wird wie üblich zugestellt.',
  'Mail that fails the check is treated as suspicious.': 'E-Mail, die die Prüfung nicht besteht, gilt als verdächtig.',
  'Mail that fails the check is rejected.': 'E-Mail, die die Prüfung nicht besteht, wird abgelehnt.',
  'Failing mail from subdomains is delivered as usual.':
    'Von Subdomains wird E-Mail, die sie nicht besteht, wie üblich zugestellt.',
  'Failing mail from subdomains is treated as suspicious.':
    'Von Subdomains gilt E-Mail, die sie nicht besteht, als verdächtig.',
  'Failing mail from subdomains is rejected.': 'Von Subdomains wird E-Mail, die sie nicht besteht, abgelehnt.',
  'Failing mail from names that do not exist is delivered as usual.':
    'Von Namen, die es nicht gibt, wird solche E-Mail wie üblich zugestellt.',
  'Failing mail from names that do not exist is treated as suspicious.':
    'Von Namen, die es nicht gibt, gilt solche E-Mail als verdächtig.',
  'Failing mail from names that do not exist is rejected.':
    'Von Namen, die es nicht gibt, wird solche E-Mail abgelehnt.',
  'Test mode is on.': 'Der Testmodus ist an.',
  'Test mode is on: without it failing mail would be rejected, as older receivers do already.':
    'Der Testmodus ist an: Ohne ihn würde solche E-Mail abgelehnt, wie es ältere Empfänger schon tun.',
  'Test mode is on: without it failing mail would be treated as suspicious, as older receivers do already.':
    'Der Testmodus ist an: Ohne ihn gälte solche E-Mail als verdächtig, wie bei älteren Empfängern schon jetzt.',
  'Older receivers apply this to {percent} % of the failing mail, newer ones to all of it.':
    'Ältere Empfänger wenden das auf {percent} % dieser E-Mail an, neuere auf alle.',
  'Signatures (DKIM) and senders (SPF) must match the domain exactly.':
    'Signaturen (DKIM) und Absender (SPF) müssen genau zur Domain passen.',
  'Signatures (DKIM) must match the domain exactly.': 'Signaturen (DKIM) müssen genau zur Domain passen.',
  'Senders (SPF) must match the domain exactly.': 'Absender (SPF) müssen genau zur Domain passen.',
  'Daily reports are not sent anywhere.': 'Tägliche Berichte gehen nirgendwohin.',
  'Daily reports go to {addresses}.': 'Tägliche Berichte gehen an {addresses}.',
  'Reports of single failures go to {addresses}.': 'Berichte über einzelne Fehler gehen an {addresses}.',

  // What a change does to mail, as the verdict of an undo says it.
  'Weakens protection at {names}.': 'Schwächt den Schutz bei {names}.',
  'Strengthens protection at {names}.': 'Stärkt den Schutz bei {names}.',
  'The effect at {names} is unknown: what is live, or what will be, could not be read.':
    'Die Wirkung bei {names} ist unbekannt: Was gilt oder gelten wird, war nicht lesbar.',
  '{name}: The policy for the domain goes from {before} to {after}.':
    '{name}: Die Richtlinie für die Domain geht von {before} zu {after}.',
  '{name}: The policy for subdomains goes from {before} to {after}.':
    '{name}: Die Richtlinie für Subdomains geht von {before} zu {after}.',
  '{name}: The policy for subdomains that do not exist goes from {before} to {after}.':
    '{name}: Die Richtlinie für Subdomains, die es nicht gibt, geht von {before} zu {after}.',
  '{name}: Alignment goes from {before} to {after}.': '{name}: Die Übereinstimmung geht von {before} zu {after}.',
  '{name}: Aggregate reports no longer go to {before}.': '{name}: Sammelberichte gehen nicht mehr an {before}.',
  '{name}: Aggregate reports also go to {after}.': '{name}: Sammelberichte gehen auch an {after}.',
  '{name}: Aggregate reports go to {after} instead of {before}.':
    '{name}: Sammelberichte gehen an {after} statt an {before}.',
  '{name}: Failure reports no longer go to {before}.': '{name}: Fehlerberichte gehen nicht mehr an {before}.',
  '{name}: Failure reports are sent on fewer occasions: {before} becomes {after}.':
    '{name}: Fehlerberichte werden bei weniger Anlässen verschickt: aus {before} wird {after}.',
  '{name}: Failure reports are sent on more occasions: {before} becomes {after}.':
    '{name}: Fehlerberichte werden bei mehr Anlässen verschickt: aus {before} wird {after}.',
  '{name}: Failure reports are sent on other occasions: {before} becomes {after}.':
    '{name}: Fehlerberichte werden bei anderen Anlässen verschickt: aus {before} wird {after}.',
  '{name}: Failure reports also go to {after}.': '{name}: Fehlerberichte gehen auch an {after}.',
  '{name}: Failure reports go to {after} instead of {before}.':
    '{name}: Fehlerberichte gehen an {after} statt an {before}.',
  '{name}: Reports about encrypted delivery no longer go to {before}.':
    '{name}: Berichte über verschlüsselte Zustellung gehen nicht mehr an {before}.',
  '{name}: Reports about encrypted delivery also go to {after}.':
    '{name}: Berichte über verschlüsselte Zustellung gehen auch an {after}.',
  '{name}: Reports about encrypted delivery go to {after} instead of {before}.':
    '{name}: Berichte über verschlüsselte Zustellung gehen an {after} statt an {before}.',
  '{name}: The MTA-STS mode goes from {before} to {after}.': '{name}: Der MTA-STS-Modus geht von {before} zu {after}.',
  '{name}: The MTA-STS policy also allows {after}.': '{name}: Die MTA-STS-Richtlinie erlaubt auch {after}.',
  '{name}: The MTA-STS policy no longer allows {before}; mail to such a host is refused once it is enforced.':
    '{name}: Die MTA-STS-Richtlinie erlaubt {before} nicht mehr; E-Mail an einen solchen Server wird abgelehnt, sobald sie durchgesetzt ist.',
  '{name}: The MTA-STS policy allows {after} instead of {before}.':
    '{name}: Die MTA-STS-Richtlinie erlaubt {after} statt {before}.',
  '{name}: The lifetime of the MTA-STS policy goes from {before} to {after}.':
    '{name}: Die Geltungsdauer der MTA-STS-Richtlinie geht von {before} zu {after}.',
}
