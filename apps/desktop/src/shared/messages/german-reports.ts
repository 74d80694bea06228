/** The messages of the Reports tab in German, by their English text. */
export const germanReports = {
  'A parked domain sends no mail and needs no evidence.':
    'Eine geparkte Domain sendet keine E-Mail und braucht keinen Nachweis.',
  'About {count} forwarded message a month loses its signature on the way (mailing lists). At reject it may not arrive.|About {count} forwarded messages a month lose their signature on the way (mailing lists). At reject they may not arrive.':
    'Etwa {count} weitergeleitete Nachricht im Monat verliert unterwegs ihre Signatur (Mailinglisten). Bei reject kommt sie vielleicht nicht an.|Etwa {count} weitergeleitete Nachrichten im Monat verlieren unterwegs ihre Signatur (Mailinglisten). Bei reject kommen sie vielleicht nicht an.',
  Accept: 'Annehmen',
  'Activity can undo this.': 'Im Verlauf lässt sich das rückgängig machen.',
  Conditions: 'Bedingungen',
  Day: 'Tag',
  'Encrypted delivery': 'Verschlüsselte Zustellung',
  'Every sender is answered': 'Zu jedem Absender gibt es eine Antwort',
  'Foreign, failing': 'Fremd, nicht bestanden',
  Forwarders: 'Weiterleiter',
  'From {sender}': 'Von {sender}',
  'Is {sender} yours?': 'Gehört {sender} Ihnen?',
  'Messages by day': 'Nachrichten nach Tagen',
  Mine: 'Gehört mir',
  'Move to quarantine': 'Zu quarantine wechseln',
  'Move to quarantine…': 'Zu quarantine wechseln …',
  'Move to reject': 'Zu reject wechseln',
  'Move to reject…': 'Zu reject wechseln …',
  'Move {domain} to {policy}?': '{domain} zu {policy} wechseln?',
  'No forwarded mail was seen that an enforced policy would stop.':
    'Es war keine weitergeleitete E-Mail zu sehen, die eine durchgesetzte Richtlinie aufhielte.',
  'No mail reported yet': 'Noch keine E-Mail gemeldet',
  'No new source of yours': 'Keine neue Quelle von Ihnen',
  'Not mine': 'Gehört mir nicht',
  'Not yours': 'Gehört Ihnen nicht',
  'Presume not mine': 'Annehmen: nicht meine',
  'Reading the reports…': 'Berichte werden gelesen …',
  'Receivers send reports once a day. The first ones take a day or two.':
    'Empfänger senden Berichte einmal am Tag. Die ersten brauchen ein bis zwei Tage.',
  'Reports on {days} of {window} days, {count} reporter|Reports on {days} of {window} days, {count} reporters':
    'Berichte an {days} von {window} Tagen, {count} Berichtender|Berichte an {days} von {window} Tagen, {count} Berichtende',
  'Reports that do not count': 'Berichte, die nicht zählen',
  'Save the original report': 'Ursprünglichen Bericht speichern',
  'Save the original…': 'Original speichern …',
  'Say whose {count} sender is, and {domain} is ready for {policy}.|Say whose {count} senders are, and {domain} is ready for {policy}.':
    'Sagen Sie, wem {count} Absender gehört, dann ist {domain} bereit für {policy}.|Sagen Sie, wem {count} Absender gehören, dann ist {domain} bereit für {policy}.',
  Sources: 'Quellen',
  'Take back': 'Zurücknehmen',
  'Take back the answer to {sender}': 'Antwort zu {sender} zurücknehmen',
  'The service hosts no DMARC record here. Publish this one at your DNS service:':
    'Der Dienst hostet hier keinen DMARC-Eintrag. Veröffentlichen Sie diesen bei Ihrem DNS-Dienst:',
  'The smaller senders are presumed not to be yours.':
    'Von den kleineren Absendern wird angenommen, dass sie nicht Ihnen gehören.',
  'What will be lost': 'Was verloren geht',
  'Why your mail fails': 'Warum Ihre E-Mail nicht besteht',
  Yours: 'Ihre',
  foreign: 'fremd',
  forwarded: 'weitergeleitet',
  'met:': 'erfüllt:',
  'not met:': 'nicht erfüllt:',
  'on {count} day|on {count} days': 'an {count} Tag|an {count} Tagen',
  'the newest is {count} day old|the newest is {count} days old':
    'der neueste ist {count} Tag alt|der neueste ist {count} Tage alt',
  'the record': 'den Eintrag',
  'to answer': 'zu beantworten',
  yours: 'Ihre E-Mail',
  '{count} day at none|{count} days at none': '{count} Tag bei none|{count} Tage bei none',
  '{count} day at quarantine|{count} days at quarantine': '{count} Tag bei quarantine|{count} Tage bei quarantine',
  '{count} message of yours|{count} messages of yours': '{count} Nachricht von Ihnen|{count} Nachrichten von Ihnen',
  '{count} message|{count} messages': '{count} Nachricht|{count} Nachrichten',
  '{count} more is not shown.|{count} more are not shown.':
    '{count} weiterer ist nicht gezeigt.|{count} weitere sind nicht gezeigt.',
  '{count} reporter|{count} reporters': '{count} Berichtender|{count} Berichtende',
  '{count} sender to answer|{count} senders to answer':
    '{count} Absender zu beantworten|{count} Absender zu beantworten',
  '{count} session, none failed.|{count} sessions, none failed.':
    '{count} Verbindung, keine scheiterte.|{count} Verbindungen, keine scheiterte.',
  '{count} smaller sender|{count} smaller senders': '{count} kleinerer Absender|{count} kleinere Absender',
  '{domain} is at the strictest policy.': '{domain} hat die strengste Richtlinie.',
  '{domain} is not ready for {policy}: {count} condition is not met.|{domain} is not ready for {policy}: {count} conditions are not met.':
    '{domain} ist nicht bereit für {policy}: {count} Bedingung ist nicht erfüllt.|{domain} ist nicht bereit für {policy}: {count} Bedingungen sind nicht erfüllt.',
  '{domain} is ready for {policy}.': '{domain} ist bereit für {policy}.',
  '{failed} of {count} message fails|{failed} of {count} messages fail':
    '{failed} von {count} Nachricht besteht nicht|{failed} von {count} Nachrichten bestehen nicht',
  '{failed} of {count} session failed.|{failed} of {count} sessions failed.':
    '{failed} von {count} Verbindung scheiterte.|{failed} von {count} Verbindungen scheiterten.',
  '{passed} passed, {failed} failed': '{passed} bestanden, {failed} nicht',
  '{rate} % of your mail passes': '{rate} % Ihrer E-Mail bestehen',
  '{rate} % of your mail passes.': '{rate} % Ihrer E-Mail bestehen.',
  '{share} % of it is signed': '{share} % davon sind signiert',
  'Can move on': 'Bereit für den nächsten Schritt',
  'News about {count} domain|News about {count} domains': 'Neues zu {count} Domain|Neues zu {count} Domains',
  'Ready for {policy}': 'Bereit für {policy}',
  'Reports: {domains}.': 'Berichte: {domains}.',
  '{domain} is ready for {policy}': '{domain} ist bereit für {policy}',
  '{domain}: no reports for days': '{domain}: seit Tagen keine Berichte',
  '{domain}: whose is a new sender?': '{domain}: Wem gehört ein neuer Absender?',
  '{domain}: your mail comes from a new source': '{domain}: Ihre E-Mail kommt aus einer neuen Quelle',
  '{domain}: your mail fails DMARC': '{domain}: Ihre E-Mail besteht DMARC nicht',
  '{senders} sends as this domain. Say whether it is yours.':
    '{senders} sendet unter dieser Domain. Sagen Sie, ob das Ihre E-Mail ist.',
  '{senders} was not seen before and passes DMARC.': '{senders} war bisher nicht zu sehen und besteht DMARC.',
  'Too much mail from {senders} fails. Reports say why.':
    'Zu viel E-Mail von {senders} besteht nicht. In den Berichten steht, warum.',
  'Receivers report once a day. Check the report address in the live record.':
    'Empfänger berichten einmal am Tag. Prüfen Sie die Berichtsadresse im geltenden Eintrag.',
  'The reports show that your mail passes.': 'Die Berichte zeigen, dass Ihre E-Mail besteht.',
} as const
