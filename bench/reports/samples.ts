const record = (index: number): string => `  <record>
    <row>
      <source_ip>192.0.${(index >> 8) & 255}.${index & 255}</source_ip>
      <count>${(index % 50) + 1}</count>
      <policy_evaluated>
        <disposition>none</disposition>
        <dkim>pass</dkim>
        <spf>fail</spf>
        <reason><type>forwarded</type><comment></comment></reason>
      </policy_evaluated>
    </row>
    <identifiers>
      <envelope_to>example.net</envelope_to>
      <envelope_from>bounce.example.org</envelope_from>
      <header_from>example.com</header_from>
    </identifiers>
    <auth_results>
      <dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim>
      <spf><domain>bounce.example.org</domain><scope>mfrom</scope><result>pass</result></spf>
    </auth_results>
  </record>
`

export const aggregateHead = `<?xml version="1.0" encoding="UTF-8" ?>
<feedback>
  <report_metadata>
    <org_name>Receiver</org_name>
    <email>dmarc@receiver.example</email>
    <report_id>1</report_id>
    <date_range><begin>1772409600</begin><end>1772495999</end></date_range>
  </report_metadata>
  <policy_published><domain>example.com</domain><p>none</p></policy_published>
`

/** An aggregate report as most receivers write it, with so many records. */
export function aggregateOf(records: number): string {
  return `${aggregateHead}${Array.from({ length: records }, (_, index) => record(index)).join('')}</feedback>\n`
}
