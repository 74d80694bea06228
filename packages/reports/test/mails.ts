/** A mail with one attachment, as reporters send it. `headers` replace or add header lines. */
export function mailWith(
  attachment: Uint8Array,
  options: { type?: string; name?: string; disposition?: string } = {},
): Uint8Array {
  const { type = 'application/octet-stream', name = 'report', disposition } = options
  return Buffer.from(
    [
      'From: dmarc@receiver.example',
      'To: k1.a@reports.example',
      'Subject: =?utf-8?Q?Report_Domain=3A_example.com?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=outer',
      '',
      '--outer',
      'Content-Type: text/plain',
      '',
      'This is a report.',
      '--outer',
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      disposition ?? `Content-Disposition: attachment; filename="${name}"`,
      '',
      Buffer.from(attachment).toString('base64').replace(/.{76}/g, '$&\r\n'),
      '--outer--',
      '',
    ].join('\r\n'),
  )
}
