import type { Reason, ReasonSubject } from '@dmarc-as-code/records/reasons'

/**
 * A reason in German: title, what is the case, what to do. `{found|…}` is what was found, with the words for where that is not
 * known; `{domain}` is the domain. Where `{found}` has no place, what was found follows after a colon.
 */
export type GermanReason = readonly [title: string, explanation: string, fix?: string]

/** These come from the service and the DNS engine as whole sentences; german-reasons.ts recognises them by their form. */
type FilledIn = 'cname' | 'txt' | 'policy_file' | 'plan' | 'effect'

type GermanReasons = {
  readonly [Subject in Exclude<ReasonSubject, FilledIn>]: Readonly<Record<Reason<Subject>, GermanReason>>
}

const sendBack = 'Laden Sie das Original herunter und senden Sie es dem Absender: Nur er kann es berichtigen.'
const checkOriginal = 'Prüfen Sie das Original: Ein Bericht dieser Größe ist ein Angriff oder ein Fehler des Absenders.'
const genuine = 'Nehmen Sie den Bericht an, wenn Sie wissen, dass er echt ist.'

/** What has to do with reports: total over the catalogue, so that a reason without German does not compile. */
export const germanReportReasons: GermanReasons = {
  policy_blocker: {
    'no-data': [
      'Keine Berichte',
      'Es gibt keinen Bericht, nach dem sich urteilen ließe.',
      'Veröffentlichen Sie ein `rua`, das Berichte empfängt, und warten Sie auf die ersten; die meisten kommen einmal am Tag.',
    ],
    'time-too-short': [
      'Zu früh',
      'Die Domain ist noch nicht lange genug auf der Stufe davor',
      'Warten Sie, bis die Tage voll sind: Auch wer einmal im Monat sendet, muss gesehen worden sein.',
    ],
    'coverage-low': [
      'Tage ohne Berichte',
      'An zu vielen Tagen fehlen Berichte',
      'Prüfen Sie, dass die Adresse für Berichte empfängt und dass keine als fehlerhaft beiseitegelegt werden.',
    ],
    'reports-overdue': [
      'Berichte überfällig',
      'In letzter Zeit kam kein Bericht',
      'Prüfen Sie das `rua` des geltenden Eintrags und den Empfang der Berichte.',
    ],
    'reporters-few': [
      'Zu wenige Absender von Berichten',
      'Zu wenige Empfänger berichten',
      'Warten Sie auf Berichte eines weiteren Empfängers, nehmen Sie unter den Problemen die Absender an, die Sie kennen, oder übernehmen Sie das Risiko mit einer Begründung.',
    ],
    'volume-low': [
      'Zu wenig E-Mail',
      'Ihre eigenen Quellen sandten zu wenige Nachrichten für ein Urteil',
      'Warten Sie auf mehr E-Mail, parken Sie die Domain, wenn sie keine sendet, oder übernehmen Sie das Risiko mit einer Begründung.',
    ],
    'candidates-unanswered': [
      'Quellen ohne Antwort',
      'Zu Quellen, die Ihnen gehören könnten, fehlt eine Antwort',
      'Antworten Sie bei jeder mit „Gehört mir“ oder „Gehört mir nicht“, und nehmen Sie an, dass die übrigen nicht Ihnen gehören.',
    ],
    'own-source-new': [
      'Neue Quelle',
      'Eine Ihrer eigenen Quellen ist erst seit Kurzem zu sehen',
      'Warten Sie, bis sie lange genug zu sehen war, um zu wissen, wie sie sich ausweist.',
    ],
    'rate-low': [
      'Eigene E-Mail besteht nicht',
      'Zu viele Nachrichten Ihrer eigenen Quellen bestehen DMARC nicht',
      'Berichtigen Sie bei den Quellen mit den meisten Fehlern, wie sie signieren oder von welcher Domain sie senden.',
    ],
    'source-rate-low': [
      'Eine Quelle besteht nicht',
      'Eine Ihrer eigenen Quellen besteht DMARC zu oft nicht',
      'Berichtigen Sie, wie diese Quelle signiert (DKIM mit Ihrer Domain) oder welche Domain ihr Umschlag nennt (SPF).',
    ],
    'dkim-share-low': [
      'Zu wenig E-Mail signiert',
      'Zu viel Ihrer eigenen E-Mail besteht nur durch SPF, das beim Weiterleiten bricht',
      'Richten Sie bei den Quellen, die nur durch SPF bestehen, DKIM-Signaturen mit Ihrer Domain ein.',
    ],
    'subdomain-rate-low': [
      'Eine Subdomain besteht nicht',
      'E-Mail einer Subdomain besteht DMARC zu oft nicht für die Richtlinie, die sie erben würde',
      'Berichtigen Sie die Quellen dieser Subdomain, oder veröffentlichen Sie mit `sp` eine schwächere Richtlinie für Subdomains.',
    ],
  },
  mta_sts_blocker: {
    'tls-no-data': [
      'Keine TLS-Berichte',
      'Es gibt keinen TLS-Bericht, nach dem sich urteilen ließe.',
      'Veröffentlichen Sie einen TLS-RPT-Eintrag mit einer Adresse, die Berichte empfängt, und warten Sie auf die ersten.',
    ],
    'tls-time-too-short': [
      'Zu früh',
      'Die TLS-Berichte reichen nicht weit genug zurück',
      'Warten Sie, bis Berichte von zwei Wochen da sind.',
    ],
    'tls-reports-overdue': [
      'TLS-Berichte überfällig',
      'In letzter Zeit kam kein TLS-Bericht',
      'Prüfen Sie das `rua` des TLS-RPT-Eintrags und den Empfang der Berichte.',
    ],
    'tls-reporters-few': [
      'Zu wenige Absender von Berichten',
      'Zu wenige Absender berichten',
      'Warten Sie auf Berichte eines weiteren Absenders, oder übernehmen Sie das Risiko mit einer Begründung.',
    ],
    'tls-failures': [
      'TLS-Fehler',
      'Absender konnten die Richtlinie nicht abrufen oder ein Zertifikat nicht prüfen',
      'Berichtigen Sie die Zertifikate Ihrer Mailserver oder die Richtlinie, die die Fehler nennen.',
    ],
  },
  failure_cause: {
    'signs-with-other-domain': [
      'Signiert mit einer anderen Domain',
      'Die DKIM-Signatur ist von {found|einer anderen Domain} und passt nicht zu {domain}.',
      'Bitten Sie den Dienst, der als {found|andere Domain} signiert, mit einem DKIM-Schlüssel von {domain} zu signieren.',
    ],
    'spf-for-other-domain': [
      'SPF besteht für eine andere Domain',
      'SPF besteht für {found|eine andere Domain}, die nicht zu {domain} passt.',
      'Bitten Sie den Dienst, der als {found|andere Domain} sendet, um einen Umschlag-Absender bei {domain} oder einer Subdomain davon, oder um eine Signatur mit einem DKIM-Schlüssel von {domain}.',
    ],
    'signature-fails': [
      'Die DKIM-Signatur Ihrer Domain ist ungültig',
      'Eine DKIM-Signatur von {domain} passt nicht zu dem Schlüssel bei {found|ihrem Selektor}.',
      'Prüfen Sie, dass nach dem Signieren nichts die Nachricht ändert und dass der Schlüssel bei {found|dem Selektor} stimmt.',
    ],
    'key-unusable': [
      'Der DKIM-Schlüssel fehlt, ist widerrufen oder fehlerhaft',
      'Empfänger finden bei {found|dem Selektor} keinen brauchbaren DKIM-Schlüssel.',
      'Veröffentlichen Sie den Schlüssel, den der Dienst für {found|diesen Selektor} nennt.',
    ],
    'does-not-sign': [
      'Signiert nicht',
      'E-Mail dieser Quelle hat keine DKIM-Signatur von {domain}.',
      'Schalten Sie bei dieser Quelle die DKIM-Signatur mit {domain} ein.',
    ],
    forwarded: [
      'Weitergeleitet: DKIM bleibt, SPF nicht',
      'Ein Weiterleiter gibt E-Mail von {domain} weiter, wodurch SPF bricht.',
      'Bei der Quelle ist nichts zu tun: DKIM-Signaturen lassen weitergeleitete E-Mail bestehen.',
    ],
    'subdomain-not-covered': [
      'E-Mail einer Subdomain besteht nicht, die der Domain selbst schon',
      'E-Mail dieser Quelle von {found|einer Subdomain von {domain}} besteht nicht, die von der Domain darüber schon.',
      'Richten Sie bei dieser Quelle DKIM oder SPF für {found|die Subdomain} ein.',
    ],
    spoofing: [
      'Weist sich als niemand aus: sehr wahrscheinlich gefälscht',
      'Diese E-Mail besteht weder SPF noch DKIM für irgendeine Domain.',
      'Nichts zu tun: Das ist die E-Mail, die eine durchgesetzte Richtlinie aufhält.',
    ],
  },
  report_intake: {
    'foreign-domain': [
      'Bericht über eine andere Domain',
      'Der Bericht betrifft eine Domain, die weder die dieser Adresse noch eine darunter ist',
      'Prüfen Sie, wer diese Adresse in einem DMARC- oder TLS-RPT-Eintrag veröffentlicht: Nur die Einträge dieser Domain sollten sie nennen.',
    ],
    'not-authenticated': [
      'Absender nicht ausgewiesen',
      'Die E-Mail mit dem Bericht ist nicht als Domain ihres Absenders ausgewiesen und gilt daher nicht als Nachweis',
      genuine,
    ],
    'unknown-reporter': [
      'Absender nicht bekannt',
      'Der Bericht ist echt, aber jeder mit einer Domain kann berichten, was er will; dieser Absender gilt daher nicht als Nachweis',
      'Nehmen Sie den Bericht an, wenn Sie den Absender kennen: Von da an zählen seine Berichte.',
    ],
    'reading-failed': [
      'Nicht lesbar',
      'Das Lesen endete ohne Ergebnis',
      'Laden Sie das Original herunter: Eine Datei, die so viel Zeit oder Speicher braucht, ist ein Angriff oder ein Fehler des Absenders.',
    ],
    replaced: [
      'Durch einen neueren Bericht ersetzt',
      'Der Absender sandte zwei Berichte mit derselben Kennung und anderen Zahlen; der neuere gilt',
    ],
  },
  report_problem: {
    empty: ['Nichts zu lesen', 'Es gibt nichts zu lesen', sendBack],
    'not-a-report': [
      'Kein Bericht',
      'Es fand sich kein Sammel-, Fehler- oder TLS-Bericht',
      'Prüfen Sie, was an diese Adresse gesandt wurde.',
    ],
    'packed-too-large': ['Zu groß', 'Die gepackten Daten sind größer als erlaubt', checkOriginal],
    'unpacked-too-large': ['Entpackt zu groß', 'Die entpackten Daten sind größer als erlaubt', checkOriginal],
    'too-many-members': ['Zu viele Teile', 'Archiv oder Nachricht haben mehr Teile als erlaubt', checkOriginal],
    'nested-too-deep': [
      'Zu tief verschachtelt',
      'Archive oder Nachrichten sind tiefer verschachtelt als erlaubt',
      checkOriginal,
    ],
    'archive-corrupt': ['Archiv beschädigt', 'Das Archiv lässt sich nicht entpacken', sendBack],
    'archive-encrypted': ['Archiv verschlüsselt', 'Das Archiv ist verschlüsselt', sendBack],
    'mail-malformed': ['Nachricht fehlerhaft', 'Die Nachricht ist nicht als MIME lesbar', sendBack],
    'mail-encrypted': ['Nachricht verschlüsselt', 'Die Nachricht ist mit S/MIME oder OpenPGP verschlüsselt', sendBack],
    'took-too-long': ['Lesen dauerte zu lange', 'Das Lesen dauerte länger als erlaubt', checkOriginal],
    'xml-malformed': ['XML fehlerhaft', 'Das XML ist fehlerhaft und nicht zu reparieren', sendBack],
    'xml-truncated': ['XML abgeschnitten', 'Das XML endet vor dem Bericht', sendBack],
    'xml-doctype': ['XML mit Dokumenttyp', 'Das XML hat eine Dokumenttyp-Angabe, die kein Bericht braucht', sendBack],
    'xml-too-deep': ['XML zu tief verschachtelt', 'Elemente sind tiefer verschachtelt als erlaubt', checkOriginal],
    'text-too-long': ['Text zu lang', 'Ein Text oder ein Element ist länger als erlaubt', checkOriginal],
    'too-many-records': ['Zu viele Einträge', 'Der Bericht hat mehr Einträge als erlaubt', checkOriginal],
    'report-id-missing': ['Kennung fehlt', 'Der Bericht hat keine Kennung', sendBack],
    'dates-missing': ['Zeitraum fehlt', 'Der Zeitraum fehlt oder besteht nicht aus zwei Zahlen', sendBack],
    'dates-reversed': ['Zeitraum verkehrt', 'Der Zeitraum endet, bevor er beginnt', sendBack],
    'dates-future': ['Zeitraum in der Zukunft', 'Der Zeitraum liegt in der Zukunft', sendBack],
    'dates-too-long': ['Zeitraum zu lang', 'Der Zeitraum ist länger als 31 Tage', sendBack],
    'domain-missing': ['Domain fehlt', 'Der Bericht nennt keine Domain', sendBack],
    'domain-invalid': ['Domain ungültig', 'Die Domain des Berichts ist kein Domainname', sendBack],
    'json-malformed': ['JSON fehlerhaft', 'Das JSON ist nicht lesbar', sendBack],
    'json-too-large': ['JSON zu groß', 'Das JSON eines TLS-Berichts ist größer als erlaubt', checkOriginal],
    'policies-missing': ['Richtlinien fehlen', 'Der Bericht hat keine Liste von Richtlinien', sendBack],
    'feedback-type-missing': ['Art des Berichts fehlt', 'Dem Bericht fehlt Feedback-Type', sendBack],
    'feedback-type-other': [
      'Beschwerde statt Bericht',
      'Der Bericht ist eine Beschwerde und kein Fehler beim Ausweisen',
    ],
  },
  report_warning: {
    'archive-trailing-data': ['Daten nach dem Archiv', 'Nach dem Ende der gepackten Daten folgt noch etwas'],
    'byte-order-mark': ['Byte-Reihenfolge-Zeichen', 'Der Text beginnt mit einem Byte-Reihenfolge-Zeichen'],
    'leading-space': ['Leerraum am Anfang', 'Vor der XML-Deklaration steht Leerraum'],
    'encoding-repaired': [
      'Kodierung repariert',
      'Bytes, die kein gültiges UTF-8 sind, wurden als windows-1252 gelesen',
    ],
    'control-characters': ['Steuerzeichen', 'Steuerzeichen wurden entfernt'],
    'bare-ampersand': ['Einzelnes Und-Zeichen', 'Ein Und-Zeichen, das keine Entität beginnt, wurde als Text gelesen'],
    'bare-less-than': [
      'Einzelnes Kleiner-Zeichen',
      'Ein Kleiner-Zeichen, das kein Element beginnt, wurde als Text gelesen',
    ],
    'stray-elements': ['Fremde Elemente', 'Elemente um die bekannten herum wurden übergangen'],
    'xml-repaired': ['XML repariert', 'Ein Fehler im XML wurde übergangen'],
    'org-missing': ['Absender ohne Namen', 'Der Absender des Berichts nennt keinen Namen'],
    'email-missing': ['Kontaktadresse fehlt', 'Der Absender nennt keine Kontaktadresse'],
    'report-id-brackets': ['Kennung in Klammern', 'Die Kennung des Berichts steht in spitzen Klammern'],
    'dates-milliseconds': ['Zeitraum in Millisekunden', 'Der Zeitraum ist in Millisekunden angegeben'],
    'dates-long': [
      'Zeitraum von mehreren Tagen',
      'Der Zeitraum ist länger als ein Tag; die Zahlen werden anteilig auf seine Tage verteilt',
    ],
    'policy-missing': ['Richtlinie fehlt', 'Die veröffentlichte Richtlinie `p` fehlt oder ist unbekannt'],
    'value-case': ['Wert in Großbuchstaben', 'Ein Wert ist in Großbuchstaben geschrieben'],
    'value-alias': ['Anderes Wort für einen Wert', 'Ein Wert ist mit einem älteren oder fremden Wort geschrieben'],
    'value-unknown': ['Unbekannter Wert', 'Ein Wert ist keiner, den die Standards kennen'],
    'records-none': ['Keine Einträge', 'Der Bericht hat keine Einträge'],
    'record-ip-missing': [
      'Adresse der Quelle fehlt',
      'Ein Eintrag ohne Adresse der Quelle wurde beiseitegelegt',
      sendBack,
    ],
    'record-ip-invalid': [
      'Adresse der Quelle ungültig',
      'Ein Eintrag, dessen Quelle keine IP-Adresse ist, wurde beiseitegelegt',
      sendBack,
    ],
    'record-count-invalid': [
      'Anzahl ungültig',
      'Ein Eintrag ohne Anzahl von mindestens 1 wurde beiseitegelegt',
      sendBack,
    ],
    'header-from-missing': [
      'Absender-Domain fehlt',
      'Ein Eintrag nennt keine Absender-Domain; stattdessen gilt die der Richtlinie',
    ],
    'policy-evaluated-missing': [
      'DMARC-Ergebnis fehlt',
      'Ein Eintrag sagt nicht, ob DMARC bestanden wurde; er gilt nicht als Nachweis',
    ],
    'auth-results-missing': ['Ergebnisse fehlen', 'Ein Eintrag hat keine Ergebnisse von SPF und DKIM'],
    'results-too-many': [
      'Zu viele Ergebnisse',
      'Ein Eintrag hat mehr als 100 Ergebnisse; die übrigen wurden übergangen',
    ],
    'selector-missing': ['DKIM-Selektor fehlt', 'Ein DKIM-Ergebnis hat keinen Selektor'],
    'spf-domain-missing': ['SPF-Domain fehlt', 'Ein SPF-Ergebnis hat keine Domain'],
    'contact-missing': ['Kontaktadresse fehlt', 'Der Bericht hat keine Kontaktadresse'],
    'policies-empty': ['Keine Richtlinien', 'Die Liste der Richtlinien ist leer'],
    'policy-set-aside': [
      'Richtlinie beiseitegelegt',
      'Eine Richtlinie ohne Art, Domain oder Zahlen wurde beiseitegelegt',
      sendBack,
    ],
    'failure-set-aside': ['Fehler beiseitegelegt', 'Ein Fehler ohne Art oder Anzahl wurde beiseitegelegt', sendBack],
    'number-as-text': ['Zahl als Text', 'Eine Zahl ist als Text geschrieben'],
    'list-as-text': ['Liste als Text', 'Eine Liste mit einem Element ist als Text geschrieben'],
    'original-missing': ['Kopfzeilen fehlen', 'Die Kopfzeilen der gemeldeten Nachricht fehlen'],
    'alignment-ambiguous': [
      'Übereinstimmung mehrdeutig',
      'Identity-Alignment bedeutet in RFC 7489 und RFC 9991 das Gegenteil; es gilt, was Authentication-Results sagt',
    ],
  },
}
