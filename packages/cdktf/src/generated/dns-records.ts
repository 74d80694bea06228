// https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records
// Generated from the provider's schema by `npm run generate`.
// @ts-nocheck

import type { Construct } from 'constructs'
import * as cdktf from '../framework.ts'

// Configuration

export interface DnsRecordsConfig extends cdktf.TerraformMetaArguments {
  /**
  * Reason for weakening the live protection, 1 to 500 printable characters. Without it, a plan is refused that replaces a policy with a weaker one. Remove it after the apply so that it does not cover the next change.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#allow_weaker DnsRecords#allow_weaker}
  */
  readonly allowWeaker?: string;
  /**
  * Azure DNS. Without a secret, the credentials are those Azure's own tools would find: workload identity (`AZURE_FEDERATED_TOKEN_FILE`), the managed identity of the machine or the app, then the `az` command. `AZURE_TOKEN_CREDENTIALS` limits them.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#azure DnsRecords#azure}
  */
  readonly azure?: DnsRecordsAzure;
  /**
  * Cloudflare.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#cloudflare DnsRecords#cloudflare}
  */
  readonly cloudflare?: DnsRecordsCloudflare;
  /**
  * deSEC.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#desec DnsRecords#desec}
  */
  readonly desec?: DnsRecordsDesec;
  /**
  * DigitalOcean.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#digitalocean DnsRecords#digitalocean}
  */
  readonly digitalocean?: DnsRecordsDigitalocean;
  /**
  * DNSimple.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#dnsimple DnsRecords#dnsimple}
  */
  readonly dnsimple?: DnsRecordsDnsimple;
  /**
  * Any other DNS service, through a program of your own that reads a JSON request on standard input and writes a JSON answer on standard output (see the README of `@dmarc-as-code/dns`).
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#exec DnsRecords#exec}
  */
  readonly exec?: DnsRecordsExec;
  /**
  * Gandi LiveDNS.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#gandi DnsRecords#gandi}
  */
  readonly gandi?: DnsRecordsGandi;
  /**
  * Google Cloud DNS. Default: Google's application default credentials, which are the file `GOOGLE_APPLICATION_CREDENTIALS` names (workload identity federation too), that of `gcloud auth application-default login`, or the metadata server.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#google DnsRecords#google}
  */
  readonly google?: DnsRecordsGoogle;
  /**
  * Hetzner, by its Cloud API. Zones that are still in the old DNS Console cannot be reached by it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#hetzner DnsRecords#hetzner}
  */
  readonly hetzner?: DnsRecordsHetzner;
  /**
  * The DNS of IONOS Hosting. IONOS Cloud DNS is another service.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#ionos DnsRecords#ionos}
  */
  readonly ionos?: DnsRecordsIonos;
  /**
  * The DNS Manager of Linode (Akamai Cloud). Akamai Edge DNS is another service.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#linode DnsRecords#linode}
  */
  readonly linode?: DnsRecordsLinode;
  /**
  * IBM NS1 Connect. The zones of Netlify, which NS1 serves too, cannot be reached with its API.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#ns1 DnsRecords#ns1}
  */
  readonly ns1?: DnsRecordsNs1;
  /**
  * What to do about existing records at the same names: `fail` (default) reports an error; `adopt` takes over a CNAME and corrects its target; `replace` replaces any records and restores them on destroy.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#on_conflict DnsRecords#on_conflict}
  */
  readonly onConflict?: string;
  /**
  * OVHcloud. Its API keeps changes back until the zone is refreshed: those of one run are published together, and so is what somebody else has left unpublished in the zone. Entries that the panel made with its SPF, DKIM and DMARC forms come back as plain TXT records when a change is undone.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#ovh DnsRecords#ovh}
  */
  readonly ovh?: DnsRecordsOvh;
  /**
  * Porkbun. API access has to be switched on for each domain.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#porkbun DnsRecords#porkbun}
  */
  readonly porkbun?: DnsRecordsPorkbun;
  /**
  * The API of PowerDNS.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#powerdns DnsRecords#powerdns}
  */
  readonly powerdns?: DnsRecordsPowerdns;
  /**
  * CNAME records to publish, by keys of your choice. Usually `dmarcreport_domain.NAME.cnames`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#records DnsRecords#records}
  */
  readonly records: { [key: string]: DnsRecordsRecords } | cdktf.IResolvable;
  /**
  * Dynamic updates (RFC 2136) with TSIG: BIND, Knot, PowerDNS and others.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#rfc2136 DnsRecords#rfc2136}
  */
  readonly rfc2136?: DnsRecordsRfc2136;
  /**
  * Amazon Route 53.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#route53 DnsRecords#route53}
  */
  readonly route53?: DnsRecordsRoute53;
  /**
  * Scaleway Domains and DNS.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#scaleway DnsRecords#scaleway}
  */
  readonly scaleway?: DnsRecordsScaleway;
  /**
  * TTL in seconds. Default: `300`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#ttl DnsRecords#ttl}
  */
  readonly ttl?: number;
  /**
  * timeouts block
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#timeouts DnsRecords#timeouts}
  */
  readonly timeouts?: DnsRecordsTimeouts;
}
export interface DnsRecordsApplied {
}

export function dnsRecordsAppliedToTerraform(struct?: DnsRecordsApplied): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dnsRecordsAppliedToHclTerraform(struct?: DnsRecordsApplied): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DnsRecordsAppliedOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectKey the key of this item in the map
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectKey: string) {
    super(terraformResource, terraformAttribute, false, complexObjectKey);
  }

  public get internalValue(): DnsRecordsApplied | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsApplied | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // name - computed: true, optional: false, required: false
  public get name() {
    return this.getStringAttribute('name');
  }

  // ttl - computed: true, optional: false, required: false
  public get ttl() {
    return this.getNumberAttribute('ttl');
  }

  // type - computed: true, optional: false, required: false
  public get type() {
    return this.getStringAttribute('type');
  }

  // value - computed: true, optional: false, required: false
  public get value() {
    return this.getStringAttribute('value');
  }

  // zone - computed: true, optional: false, required: false
  public get zone() {
    return this.getStringAttribute('zone');
  }
}

export class DnsRecordsAppliedMap extends cdktf.ComplexMap {

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute)
  }

  /**
  * @param key the key of the item to return
  */
  public get(key: string): DnsRecordsAppliedOutputReference {
    return new DnsRecordsAppliedOutputReference(this.terraformResource, this.terraformAttribute, `"${key}"`);
  }
}
export interface DnsRecordsAzure {
  /**
  * Of the application, or of a managed identity that a user assigned. Default: `AZURE_CLIENT_ID`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#client_id DnsRecords#client_id}
  */
  readonly clientId?: string;
  /**
  * The secret of the application. Not needed with workload identity or a managed identity. Default: `AZURE_CLIENT_SECRET`, else workload identity, a managed identity or the `az` command.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#client_secret DnsRecords#client_secret}
  */
  readonly clientSecret?: string;
  /**
  * Another address of the Azure Resource Manager. Default: `https://management.azure.com`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * Narrows the search for zones. Default: every group the credentials can see.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#resource_group DnsRecords#resource_group}
  */
  readonly resourceGroup?: string;
  /**
  * Subscription of the zones. Default: `AZURE_SUBSCRIPTION_ID`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#subscription_id DnsRecords#subscription_id}
  */
  readonly subscriptionId?: string;
  /**
  * Id or domain of the tenant. Default: `AZURE_TENANT_ID`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#tenant_id DnsRecords#tenant_id}
  */
  readonly tenantId?: string;
}

export function dnsRecordsAzureToTerraform(struct?: DnsRecordsAzure | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    client_id: cdktf.stringToTerraform(struct!.clientId),
    client_secret: cdktf.stringToTerraform(struct!.clientSecret),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    resource_group: cdktf.stringToTerraform(struct!.resourceGroup),
    subscription_id: cdktf.stringToTerraform(struct!.subscriptionId),
    tenant_id: cdktf.stringToTerraform(struct!.tenantId),
  }
}


export function dnsRecordsAzureToHclTerraform(struct?: DnsRecordsAzure | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    client_id: {
      value: cdktf.stringToHclTerraform(struct!.clientId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    client_secret: {
      value: cdktf.stringToHclTerraform(struct!.clientSecret),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    resource_group: {
      value: cdktf.stringToHclTerraform(struct!.resourceGroup),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    subscription_id: {
      value: cdktf.stringToHclTerraform(struct!.subscriptionId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    tenant_id: {
      value: cdktf.stringToHclTerraform(struct!.tenantId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsAzureOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsAzure | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._clientId !== undefined) {
      hasAnyValues = true;
      internalValueResult.clientId = this._clientId;
    }
    if (this._clientSecret !== undefined) {
      hasAnyValues = true;
      internalValueResult.clientSecret = this._clientSecret;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._resourceGroup !== undefined) {
      hasAnyValues = true;
      internalValueResult.resourceGroup = this._resourceGroup;
    }
    if (this._subscriptionId !== undefined) {
      hasAnyValues = true;
      internalValueResult.subscriptionId = this._subscriptionId;
    }
    if (this._tenantId !== undefined) {
      hasAnyValues = true;
      internalValueResult.tenantId = this._tenantId;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsAzure | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._clientId = undefined;
      this._clientSecret = undefined;
      this._endpoint = undefined;
      this._resourceGroup = undefined;
      this._subscriptionId = undefined;
      this._tenantId = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._clientId = value.clientId;
      this._clientSecret = value.clientSecret;
      this._endpoint = value.endpoint;
      this._resourceGroup = value.resourceGroup;
      this._subscriptionId = value.subscriptionId;
      this._tenantId = value.tenantId;
    }
  }

  // client_id - computed: false, optional: true, required: false
  private _clientId?: string; 
  public get clientId() {
    return this.getStringAttribute('client_id');
  }
  public set clientId(value: string) {
    this._clientId = value;
  }
  public resetClientId() {
    this._clientId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientIdInput() {
    return this._clientId;
  }

  // client_secret - computed: false, optional: true, required: false
  private _clientSecret?: string; 
  public get clientSecret() {
    return this.getStringAttribute('client_secret');
  }
  public set clientSecret(value: string) {
    this._clientSecret = value;
  }
  public resetClientSecret() {
    this._clientSecret = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientSecretInput() {
    return this._clientSecret;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // resource_group - computed: false, optional: true, required: false
  private _resourceGroup?: string; 
  public get resourceGroup() {
    return this.getStringAttribute('resource_group');
  }
  public set resourceGroup(value: string) {
    this._resourceGroup = value;
  }
  public resetResourceGroup() {
    this._resourceGroup = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get resourceGroupInput() {
    return this._resourceGroup;
  }

  // subscription_id - computed: false, optional: true, required: false
  private _subscriptionId?: string; 
  public get subscriptionId() {
    return this.getStringAttribute('subscription_id');
  }
  public set subscriptionId(value: string) {
    this._subscriptionId = value;
  }
  public resetSubscriptionId() {
    this._subscriptionId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get subscriptionIdInput() {
    return this._subscriptionId;
  }

  // tenant_id - computed: false, optional: true, required: false
  private _tenantId?: string; 
  public get tenantId() {
    return this.getStringAttribute('tenant_id');
  }
  public set tenantId(value: string) {
    this._tenantId = value;
  }
  public resetTenantId() {
    this._tenantId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tenantIdInput() {
    return this._tenantId;
  }
}
export interface DnsRecordsCloudflare {
  /**
  * An API token with Zone Read and DNS Edit. Default: `CLOUDFLARE_API_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#api_token DnsRecords#api_token}
  */
  readonly apiToken?: string;
  /**
  * Another address of the Cloudflare API. Default: `https://api.cloudflare.com/client/v4`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
}

export function dnsRecordsCloudflareToTerraform(struct?: DnsRecordsCloudflare | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    api_token: cdktf.stringToTerraform(struct!.apiToken),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
  }
}


export function dnsRecordsCloudflareToHclTerraform(struct?: DnsRecordsCloudflare | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    api_token: {
      value: cdktf.stringToHclTerraform(struct!.apiToken),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsCloudflareOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsCloudflare | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._apiToken !== undefined) {
      hasAnyValues = true;
      internalValueResult.apiToken = this._apiToken;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsCloudflare | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._apiToken = undefined;
      this._endpoint = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._apiToken = value.apiToken;
      this._endpoint = value.endpoint;
    }
  }

  // api_token - computed: false, optional: true, required: false
  private _apiToken?: string; 
  public get apiToken() {
    return this.getStringAttribute('api_token');
  }
  public set apiToken(value: string) {
    this._apiToken = value;
  }
  public resetApiToken() {
    this._apiToken = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiTokenInput() {
    return this._apiToken;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }
}
export interface DnsRecordsDesec {
  /**
  * Another address of the deSEC API. Default: `https://desec.io/api/v1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * A token of the account. Default: `DESEC_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#token DnsRecords#token}
  */
  readonly token?: string;
}

export function dnsRecordsDesecToTerraform(struct?: DnsRecordsDesec | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dnsRecordsDesecToHclTerraform(struct?: DnsRecordsDesec | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token: {
      value: cdktf.stringToHclTerraform(struct!.token),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsDesecOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsDesec | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._token !== undefined) {
      hasAnyValues = true;
      internalValueResult.token = this._token;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsDesec | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._endpoint = undefined;
      this._token = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._endpoint = value.endpoint;
      this._token = value.token;
    }
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // token - computed: false, optional: true, required: false
  private _token?: string; 
  public get token() {
    return this.getStringAttribute('token');
  }
  public set token(value: string) {
    this._token = value;
  }
  public resetToken() {
    this._token = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenInput() {
    return this._token;
  }
}
export interface DnsRecordsDigitalocean {
  /**
  * Another address of the DigitalOcean API. Default: `https://api.digitalocean.com/v2`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * A personal access token. Default: `DIGITALOCEAN_TOKEN` or `DIGITALOCEAN_ACCESS_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#token DnsRecords#token}
  */
  readonly token?: string;
}

export function dnsRecordsDigitaloceanToTerraform(struct?: DnsRecordsDigitalocean | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dnsRecordsDigitaloceanToHclTerraform(struct?: DnsRecordsDigitalocean | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token: {
      value: cdktf.stringToHclTerraform(struct!.token),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsDigitaloceanOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsDigitalocean | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._token !== undefined) {
      hasAnyValues = true;
      internalValueResult.token = this._token;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsDigitalocean | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._endpoint = undefined;
      this._token = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._endpoint = value.endpoint;
      this._token = value.token;
    }
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // token - computed: false, optional: true, required: false
  private _token?: string; 
  public get token() {
    return this.getStringAttribute('token');
  }
  public set token(value: string) {
    this._token = value;
  }
  public resetToken() {
    this._token = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenInput() {
    return this._token;
  }
}
export interface DnsRecordsDnsimple {
  /**
  * The number of the account. Default: `DNSIMPLE_ACCOUNT`, else the account of the token.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#account DnsRecords#account}
  */
  readonly account?: string;
  /**
  * Another address of the DNSimple API. Default: `DNSIMPLE_BASE_URL`, else `https://api.dnsimple.com`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * An access token of the account. Default: `DNSIMPLE_OAUTH_TOKEN` or `DNSIMPLE_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#token DnsRecords#token}
  */
  readonly token?: string;
}

export function dnsRecordsDnsimpleToTerraform(struct?: DnsRecordsDnsimple | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    account: cdktf.stringToTerraform(struct!.account),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dnsRecordsDnsimpleToHclTerraform(struct?: DnsRecordsDnsimple | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    account: {
      value: cdktf.stringToHclTerraform(struct!.account),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token: {
      value: cdktf.stringToHclTerraform(struct!.token),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsDnsimpleOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsDnsimple | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._account !== undefined) {
      hasAnyValues = true;
      internalValueResult.account = this._account;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._token !== undefined) {
      hasAnyValues = true;
      internalValueResult.token = this._token;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsDnsimple | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._account = undefined;
      this._endpoint = undefined;
      this._token = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._account = value.account;
      this._endpoint = value.endpoint;
      this._token = value.token;
    }
  }

  // account - computed: false, optional: true, required: false
  private _account?: string; 
  public get account() {
    return this.getStringAttribute('account');
  }
  public set account(value: string) {
    this._account = value;
  }
  public resetAccount() {
    this._account = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accountInput() {
    return this._account;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // token - computed: false, optional: true, required: false
  private _token?: string; 
  public get token() {
    return this.getStringAttribute('token');
  }
  public set token(value: string) {
    this._token = value;
  }
  public resetToken() {
    this._token = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenInput() {
    return this._token;
  }
}
export interface DnsRecordsExec {
  /**
  * The program and its arguments, one text each; no shell reads them. In the environment they are separated by commas. Default: `DMARC_DNS_EXEC`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#command DnsRecords#command}
  */
  readonly command?: string[];
}

export function dnsRecordsExecToTerraform(struct?: DnsRecordsExec | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    command: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.command),
  }
}


export function dnsRecordsExecToHclTerraform(struct?: DnsRecordsExec | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    command: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.command),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsExecOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsExec | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._command !== undefined) {
      hasAnyValues = true;
      internalValueResult.command = this._command;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsExec | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._command = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._command = value.command;
    }
  }

  // command - computed: false, optional: true, required: false
  private _command?: string[]; 
  public get command() {
    return this.getListAttribute('command');
  }
  public set command(value: string[]) {
    this._command = value;
  }
  public resetCommand() {
    this._command = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get commandInput() {
    return this._command;
  }
}
export interface DnsRecordsGandi {
  /**
  * Another address of the LiveDNS API. Default: `https://api.gandi.net/v5/livedns`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * A personal access token. API keys, which Gandi has deprecated, are not taken. Default: `GANDIV5_PERSONAL_ACCESS_TOKEN` or `GANDI_PERSONAL_ACCESS_TOKEN` or `GANDI_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#token DnsRecords#token}
  */
  readonly token?: string;
}

export function dnsRecordsGandiToTerraform(struct?: DnsRecordsGandi | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dnsRecordsGandiToHclTerraform(struct?: DnsRecordsGandi | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token: {
      value: cdktf.stringToHclTerraform(struct!.token),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsGandiOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsGandi | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._token !== undefined) {
      hasAnyValues = true;
      internalValueResult.token = this._token;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsGandi | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._endpoint = undefined;
      this._token = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._endpoint = value.endpoint;
      this._token = value.token;
    }
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // token - computed: false, optional: true, required: false
  private _token?: string; 
  public get token() {
    return this.getStringAttribute('token');
  }
  public set token(value: string) {
    this._token = value;
  }
  public resetToken() {
    this._token = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenInput() {
    return this._token;
  }
}
export interface DnsRecordsGoogle {
  /**
  * A ready token, as `gcloud auth print-access-token` gives it. Default: `GOOGLE_OAUTH_ACCESS_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#access_token DnsRecords#access_token}
  */
  readonly accessToken?: string;
  /**
  * The contents of a credentials file. Default: Google's application default credentials.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#credentials DnsRecords#credentials}
  */
  readonly credentials?: string;
  /**
  * Another address of the Cloud DNS API. Default: `https://dns.googleapis.com/dns/v1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * The id of the one zone to work in, where several public zones share a name. Default: the zone with the name.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#managed_zone DnsRecords#managed_zone}
  */
  readonly managedZone?: string;
  /**
  * Project of the zones. Default: `GOOGLE_CLOUD_PROJECT` or `GCLOUD_PROJECT`, else that of the credentials or the machine.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#project DnsRecords#project}
  */
  readonly project?: string;
}

export function dnsRecordsGoogleToTerraform(struct?: DnsRecordsGoogle | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    access_token: cdktf.stringToTerraform(struct!.accessToken),
    credentials: cdktf.stringToTerraform(struct!.credentials),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    managed_zone: cdktf.stringToTerraform(struct!.managedZone),
    project: cdktf.stringToTerraform(struct!.project),
  }
}


export function dnsRecordsGoogleToHclTerraform(struct?: DnsRecordsGoogle | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    access_token: {
      value: cdktf.stringToHclTerraform(struct!.accessToken),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    credentials: {
      value: cdktf.stringToHclTerraform(struct!.credentials),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    managed_zone: {
      value: cdktf.stringToHclTerraform(struct!.managedZone),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    project: {
      value: cdktf.stringToHclTerraform(struct!.project),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsGoogleOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsGoogle | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._accessToken !== undefined) {
      hasAnyValues = true;
      internalValueResult.accessToken = this._accessToken;
    }
    if (this._credentials !== undefined) {
      hasAnyValues = true;
      internalValueResult.credentials = this._credentials;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._managedZone !== undefined) {
      hasAnyValues = true;
      internalValueResult.managedZone = this._managedZone;
    }
    if (this._project !== undefined) {
      hasAnyValues = true;
      internalValueResult.project = this._project;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsGoogle | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._accessToken = undefined;
      this._credentials = undefined;
      this._endpoint = undefined;
      this._managedZone = undefined;
      this._project = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._accessToken = value.accessToken;
      this._credentials = value.credentials;
      this._endpoint = value.endpoint;
      this._managedZone = value.managedZone;
      this._project = value.project;
    }
  }

  // access_token - computed: false, optional: true, required: false
  private _accessToken?: string; 
  public get accessToken() {
    return this.getStringAttribute('access_token');
  }
  public set accessToken(value: string) {
    this._accessToken = value;
  }
  public resetAccessToken() {
    this._accessToken = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessTokenInput() {
    return this._accessToken;
  }

  // credentials - computed: false, optional: true, required: false
  private _credentials?: string; 
  public get credentials() {
    return this.getStringAttribute('credentials');
  }
  public set credentials(value: string) {
    this._credentials = value;
  }
  public resetCredentials() {
    this._credentials = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get credentialsInput() {
    return this._credentials;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // managed_zone - computed: false, optional: true, required: false
  private _managedZone?: string; 
  public get managedZone() {
    return this.getStringAttribute('managed_zone');
  }
  public set managedZone(value: string) {
    this._managedZone = value;
  }
  public resetManagedZone() {
    this._managedZone = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get managedZoneInput() {
    return this._managedZone;
  }

  // project - computed: false, optional: true, required: false
  private _project?: string; 
  public get project() {
    return this.getStringAttribute('project');
  }
  public set project(value: string) {
    this._project = value;
  }
  public resetProject() {
    this._project = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get projectInput() {
    return this._project;
  }
}
export interface DnsRecordsHetzner {
  /**
  * Another address of the Hetzner Cloud API. Default: `HCLOUD_ENDPOINT`, else `https://api.hetzner.cloud/v1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * An API token of the project, with read and write access. Default: `HCLOUD_TOKEN` or `HETZNER_API_TOKEN` or `HETZNER_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#token DnsRecords#token}
  */
  readonly token?: string;
}

export function dnsRecordsHetznerToTerraform(struct?: DnsRecordsHetzner | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dnsRecordsHetznerToHclTerraform(struct?: DnsRecordsHetzner | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token: {
      value: cdktf.stringToHclTerraform(struct!.token),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsHetznerOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsHetzner | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._token !== undefined) {
      hasAnyValues = true;
      internalValueResult.token = this._token;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsHetzner | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._endpoint = undefined;
      this._token = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._endpoint = value.endpoint;
      this._token = value.token;
    }
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // token - computed: false, optional: true, required: false
  private _token?: string; 
  public get token() {
    return this.getStringAttribute('token');
  }
  public set token(value: string) {
    this._token = value;
  }
  public resetToken() {
    this._token = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenInput() {
    return this._token;
  }
}
export interface DnsRecordsIonos {
  /**
  * The public prefix and the secret of a key, joined by a dot. Default: `IONOS_API_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#api_key DnsRecords#api_key}
  */
  readonly apiKey?: string;
  /**
  * Another address of the IONOS API. Default: `https://api.hosting.ionos.com/dns/v1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
}

export function dnsRecordsIonosToTerraform(struct?: DnsRecordsIonos | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    api_key: cdktf.stringToTerraform(struct!.apiKey),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
  }
}


export function dnsRecordsIonosToHclTerraform(struct?: DnsRecordsIonos | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    api_key: {
      value: cdktf.stringToHclTerraform(struct!.apiKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsIonosOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsIonos | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._apiKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.apiKey = this._apiKey;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsIonos | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._apiKey = undefined;
      this._endpoint = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._apiKey = value.apiKey;
      this._endpoint = value.endpoint;
    }
  }

  // api_key - computed: false, optional: true, required: false
  private _apiKey?: string; 
  public get apiKey() {
    return this.getStringAttribute('api_key');
  }
  public set apiKey(value: string) {
    this._apiKey = value;
  }
  public resetApiKey() {
    this._apiKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiKeyInput() {
    return this._apiKey;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }
}
export interface DnsRecordsLinode {
  /**
  * Another address of the Linode API. Default: `https://api.linode.com/v4`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * A personal access token with the scope `domains:read_write`. Default: `LINODE_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#token DnsRecords#token}
  */
  readonly token?: string;
}

export function dnsRecordsLinodeToTerraform(struct?: DnsRecordsLinode | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dnsRecordsLinodeToHclTerraform(struct?: DnsRecordsLinode | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    token: {
      value: cdktf.stringToHclTerraform(struct!.token),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsLinodeOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsLinode | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._token !== undefined) {
      hasAnyValues = true;
      internalValueResult.token = this._token;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsLinode | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._endpoint = undefined;
      this._token = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._endpoint = value.endpoint;
      this._token = value.token;
    }
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // token - computed: false, optional: true, required: false
  private _token?: string; 
  public get token() {
    return this.getStringAttribute('token');
  }
  public set token(value: string) {
    this._token = value;
  }
  public resetToken() {
    this._token = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenInput() {
    return this._token;
  }
}
export interface DnsRecordsNs1 {
  /**
  * An API key. Default: `NS1_API_KEY` or `NS1_APIKEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#api_key DnsRecords#api_key}
  */
  readonly apiKey?: string;
  /**
  * Another address of the NS1 API. Default: `NS1_ENDPOINT`, else `https://api.nsone.net/v1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
}

export function dnsRecordsNs1ToTerraform(struct?: DnsRecordsNs1 | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    api_key: cdktf.stringToTerraform(struct!.apiKey),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
  }
}


export function dnsRecordsNs1ToHclTerraform(struct?: DnsRecordsNs1 | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    api_key: {
      value: cdktf.stringToHclTerraform(struct!.apiKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsNs1OutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsNs1 | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._apiKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.apiKey = this._apiKey;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsNs1 | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._apiKey = undefined;
      this._endpoint = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._apiKey = value.apiKey;
      this._endpoint = value.endpoint;
    }
  }

  // api_key - computed: false, optional: true, required: false
  private _apiKey?: string; 
  public get apiKey() {
    return this.getStringAttribute('api_key');
  }
  public set apiKey(value: string) {
    this._apiKey = value;
  }
  public resetApiKey() {
    this._apiKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiKeyInput() {
    return this._apiKey;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }
}
export interface DnsRecordsOvh {
  /**
  * A ready access token; it lasts an hour. Default: `OVH_ACCESS_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#access_token DnsRecords#access_token}
  */
  readonly accessToken?: string;
  /**
  * The key of an application. Default: `OVH_APPLICATION_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#application_key DnsRecords#application_key}
  */
  readonly applicationKey?: string;
  /**
  * The secret of the application. Default: `OVH_APPLICATION_SECRET`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#application_secret DnsRecords#application_secret}
  */
  readonly applicationSecret?: string;
  /**
  * Another address of the OVHcloud API. Default: that of the region.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#base_url DnsRecords#base_url}
  */
  readonly baseUrl?: string;
  /**
  * The id of a service account (OAuth 2.0). Default: `OVH_CLIENT_ID`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#client_id DnsRecords#client_id}
  */
  readonly clientId?: string;
  /**
  * The secret of the service account. Default: `OVH_CLIENT_SECRET`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#client_secret DnsRecords#client_secret}
  */
  readonly clientSecret?: string;
  /**
  * What the application may do for the account, once its owner has agreed. Default: `OVH_CONSUMER_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#consumer_key DnsRecords#consumer_key}
  */
  readonly consumerKey?: string;
  /**
  * The company that the account is with. One of `ovh-eu`, `ovh-ca`, `ovh-us`. Default: `OVH_ENDPOINT`, else `ovh-eu`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
}

export function dnsRecordsOvhToTerraform(struct?: DnsRecordsOvh | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    access_token: cdktf.stringToTerraform(struct!.accessToken),
    application_key: cdktf.stringToTerraform(struct!.applicationKey),
    application_secret: cdktf.stringToTerraform(struct!.applicationSecret),
    base_url: cdktf.stringToTerraform(struct!.baseUrl),
    client_id: cdktf.stringToTerraform(struct!.clientId),
    client_secret: cdktf.stringToTerraform(struct!.clientSecret),
    consumer_key: cdktf.stringToTerraform(struct!.consumerKey),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
  }
}


export function dnsRecordsOvhToHclTerraform(struct?: DnsRecordsOvh | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    access_token: {
      value: cdktf.stringToHclTerraform(struct!.accessToken),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    application_key: {
      value: cdktf.stringToHclTerraform(struct!.applicationKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    application_secret: {
      value: cdktf.stringToHclTerraform(struct!.applicationSecret),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    base_url: {
      value: cdktf.stringToHclTerraform(struct!.baseUrl),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    client_id: {
      value: cdktf.stringToHclTerraform(struct!.clientId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    client_secret: {
      value: cdktf.stringToHclTerraform(struct!.clientSecret),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    consumer_key: {
      value: cdktf.stringToHclTerraform(struct!.consumerKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsOvhOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsOvh | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._accessToken !== undefined) {
      hasAnyValues = true;
      internalValueResult.accessToken = this._accessToken;
    }
    if (this._applicationKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.applicationKey = this._applicationKey;
    }
    if (this._applicationSecret !== undefined) {
      hasAnyValues = true;
      internalValueResult.applicationSecret = this._applicationSecret;
    }
    if (this._baseUrl !== undefined) {
      hasAnyValues = true;
      internalValueResult.baseUrl = this._baseUrl;
    }
    if (this._clientId !== undefined) {
      hasAnyValues = true;
      internalValueResult.clientId = this._clientId;
    }
    if (this._clientSecret !== undefined) {
      hasAnyValues = true;
      internalValueResult.clientSecret = this._clientSecret;
    }
    if (this._consumerKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.consumerKey = this._consumerKey;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsOvh | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._accessToken = undefined;
      this._applicationKey = undefined;
      this._applicationSecret = undefined;
      this._baseUrl = undefined;
      this._clientId = undefined;
      this._clientSecret = undefined;
      this._consumerKey = undefined;
      this._endpoint = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._accessToken = value.accessToken;
      this._applicationKey = value.applicationKey;
      this._applicationSecret = value.applicationSecret;
      this._baseUrl = value.baseUrl;
      this._clientId = value.clientId;
      this._clientSecret = value.clientSecret;
      this._consumerKey = value.consumerKey;
      this._endpoint = value.endpoint;
    }
  }

  // access_token - computed: false, optional: true, required: false
  private _accessToken?: string; 
  public get accessToken() {
    return this.getStringAttribute('access_token');
  }
  public set accessToken(value: string) {
    this._accessToken = value;
  }
  public resetAccessToken() {
    this._accessToken = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessTokenInput() {
    return this._accessToken;
  }

  // application_key - computed: false, optional: true, required: false
  private _applicationKey?: string; 
  public get applicationKey() {
    return this.getStringAttribute('application_key');
  }
  public set applicationKey(value: string) {
    this._applicationKey = value;
  }
  public resetApplicationKey() {
    this._applicationKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get applicationKeyInput() {
    return this._applicationKey;
  }

  // application_secret - computed: false, optional: true, required: false
  private _applicationSecret?: string; 
  public get applicationSecret() {
    return this.getStringAttribute('application_secret');
  }
  public set applicationSecret(value: string) {
    this._applicationSecret = value;
  }
  public resetApplicationSecret() {
    this._applicationSecret = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get applicationSecretInput() {
    return this._applicationSecret;
  }

  // base_url - computed: false, optional: true, required: false
  private _baseUrl?: string; 
  public get baseUrl() {
    return this.getStringAttribute('base_url');
  }
  public set baseUrl(value: string) {
    this._baseUrl = value;
  }
  public resetBaseUrl() {
    this._baseUrl = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get baseUrlInput() {
    return this._baseUrl;
  }

  // client_id - computed: false, optional: true, required: false
  private _clientId?: string; 
  public get clientId() {
    return this.getStringAttribute('client_id');
  }
  public set clientId(value: string) {
    this._clientId = value;
  }
  public resetClientId() {
    this._clientId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientIdInput() {
    return this._clientId;
  }

  // client_secret - computed: false, optional: true, required: false
  private _clientSecret?: string; 
  public get clientSecret() {
    return this.getStringAttribute('client_secret');
  }
  public set clientSecret(value: string) {
    this._clientSecret = value;
  }
  public resetClientSecret() {
    this._clientSecret = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientSecretInput() {
    return this._clientSecret;
  }

  // consumer_key - computed: false, optional: true, required: false
  private _consumerKey?: string; 
  public get consumerKey() {
    return this.getStringAttribute('consumer_key');
  }
  public set consumerKey(value: string) {
    this._consumerKey = value;
  }
  public resetConsumerKey() {
    this._consumerKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get consumerKeyInput() {
    return this._consumerKey;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }
}
export interface DnsRecordsPorkbun {
  /**
  * The API key. Default: `PORKBUN_API_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#api_key DnsRecords#api_key}
  */
  readonly apiKey?: string;
  /**
  * Another address of the Porkbun API. Default: `https://api.porkbun.com/api/json/v3`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * The secret of the API key. Default: `PORKBUN_SECRET_API_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#secret_api_key DnsRecords#secret_api_key}
  */
  readonly secretApiKey?: string;
}

export function dnsRecordsPorkbunToTerraform(struct?: DnsRecordsPorkbun | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    api_key: cdktf.stringToTerraform(struct!.apiKey),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    secret_api_key: cdktf.stringToTerraform(struct!.secretApiKey),
  }
}


export function dnsRecordsPorkbunToHclTerraform(struct?: DnsRecordsPorkbun | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    api_key: {
      value: cdktf.stringToHclTerraform(struct!.apiKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_api_key: {
      value: cdktf.stringToHclTerraform(struct!.secretApiKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsPorkbunOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsPorkbun | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._apiKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.apiKey = this._apiKey;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._secretApiKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretApiKey = this._secretApiKey;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsPorkbun | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._apiKey = undefined;
      this._endpoint = undefined;
      this._secretApiKey = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._apiKey = value.apiKey;
      this._endpoint = value.endpoint;
      this._secretApiKey = value.secretApiKey;
    }
  }

  // api_key - computed: false, optional: true, required: false
  private _apiKey?: string; 
  public get apiKey() {
    return this.getStringAttribute('api_key');
  }
  public set apiKey(value: string) {
    this._apiKey = value;
  }
  public resetApiKey() {
    this._apiKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiKeyInput() {
    return this._apiKey;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // secret_api_key - computed: false, optional: true, required: false
  private _secretApiKey?: string; 
  public get secretApiKey() {
    return this.getStringAttribute('secret_api_key');
  }
  public set secretApiKey(value: string) {
    this._secretApiKey = value;
  }
  public resetSecretApiKey() {
    this._secretApiKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretApiKeyInput() {
    return this._secretApiKey;
  }
}
export interface DnsRecordsPowerdns {
  /**
  * The API key. Default: `PDNS_API_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#api_key DnsRecords#api_key}
  */
  readonly apiKey?: string;
  /**
  * Id of the server in the API; every PowerDNS calls itself `localhost`. Default: `localhost`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#server_id DnsRecords#server_id}
  */
  readonly serverId?: string;
  /**
  * Where its API listens, without `/api/v1`. Default: `PDNS_SERVER_URL` or `PDNS_API_URL`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#url DnsRecords#url}
  */
  readonly url?: string;
}

export function dnsRecordsPowerdnsToTerraform(struct?: DnsRecordsPowerdns | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    api_key: cdktf.stringToTerraform(struct!.apiKey),
    server_id: cdktf.stringToTerraform(struct!.serverId),
    url: cdktf.stringToTerraform(struct!.url),
  }
}


export function dnsRecordsPowerdnsToHclTerraform(struct?: DnsRecordsPowerdns | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    api_key: {
      value: cdktf.stringToHclTerraform(struct!.apiKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    server_id: {
      value: cdktf.stringToHclTerraform(struct!.serverId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    url: {
      value: cdktf.stringToHclTerraform(struct!.url),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsPowerdnsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsPowerdns | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._apiKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.apiKey = this._apiKey;
    }
    if (this._serverId !== undefined) {
      hasAnyValues = true;
      internalValueResult.serverId = this._serverId;
    }
    if (this._url !== undefined) {
      hasAnyValues = true;
      internalValueResult.url = this._url;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsPowerdns | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._apiKey = undefined;
      this._serverId = undefined;
      this._url = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._apiKey = value.apiKey;
      this._serverId = value.serverId;
      this._url = value.url;
    }
  }

  // api_key - computed: false, optional: true, required: false
  private _apiKey?: string; 
  public get apiKey() {
    return this.getStringAttribute('api_key');
  }
  public set apiKey(value: string) {
    this._apiKey = value;
  }
  public resetApiKey() {
    this._apiKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiKeyInput() {
    return this._apiKey;
  }

  // server_id - computed: false, optional: true, required: false
  private _serverId?: string; 
  public get serverId() {
    return this.getStringAttribute('server_id');
  }
  public set serverId(value: string) {
    this._serverId = value;
  }
  public resetServerId() {
    this._serverId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get serverIdInput() {
    return this._serverId;
  }

  // url - computed: false, optional: true, required: false
  private _url?: string; 
  public get url() {
    return this.getStringAttribute('url');
  }
  public set url(value: string) {
    this._url = value;
  }
  public resetUrl() {
    this._url = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get urlInput() {
    return this._url;
  }
}
export interface DnsRecordsRecords {
  /**
  * Fully qualified record name.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#name DnsRecords#name}
  */
  readonly name: string;
  /**
  * Record type. Always `CNAME`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#type DnsRecords#type}
  */
  readonly type?: string;
  /**
  * Target of the record.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#value DnsRecords#value}
  */
  readonly value: string;
}

export function dnsRecordsRecordsToTerraform(struct?: DnsRecordsRecords | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    name: cdktf.stringToTerraform(struct!.name),
    type: cdktf.stringToTerraform(struct!.type),
    value: cdktf.stringToTerraform(struct!.value),
  }
}


export function dnsRecordsRecordsToHclTerraform(struct?: DnsRecordsRecords | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    name: {
      value: cdktf.stringToHclTerraform(struct!.name),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    type: {
      value: cdktf.stringToHclTerraform(struct!.type),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    value: {
      value: cdktf.stringToHclTerraform(struct!.value),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsRecordsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectKey the key of this item in the map
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectKey: string) {
    super(terraformResource, terraformAttribute, false, complexObjectKey);
  }

  public get internalValue(): DnsRecordsRecords | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._name !== undefined) {
      hasAnyValues = true;
      internalValueResult.name = this._name;
    }
    if (this._type !== undefined) {
      hasAnyValues = true;
      internalValueResult.type = this._type;
    }
    if (this._value !== undefined) {
      hasAnyValues = true;
      internalValueResult.value = this._value;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsRecords | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._name = undefined;
      this._type = undefined;
      this._value = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._name = value.name;
      this._type = value.type;
      this._value = value.value;
    }
  }

  // name - computed: false, optional: false, required: true
  private _name?: string; 
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // type - computed: true, optional: true, required: false
  private _type?: string; 
  public get type() {
    return this.getStringAttribute('type');
  }
  public set type(value: string) {
    this._type = value;
  }
  public resetType() {
    this._type = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get typeInput() {
    return this._type;
  }

  // value - computed: false, optional: false, required: true
  private _value?: string; 
  public get value() {
    return this.getStringAttribute('value');
  }
  public set value(value: string) {
    this._value = value;
  }
  // Temporarily expose input value. Use with caution.
  public get valueInput() {
    return this._value;
  }
}

export class DnsRecordsRecordsMap extends cdktf.ComplexMap {
  public internalValue? : { [key: string]: DnsRecordsRecords } | cdktf.IResolvable

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute)
  }

  /**
  * @param key the key of the item to return
  */
  public get(key: string): DnsRecordsRecordsOutputReference {
    return new DnsRecordsRecordsOutputReference(this.terraformResource, this.terraformAttribute, `"${key}"`);
  }
}
export interface DnsRecordsReplaced {
}

export function dnsRecordsReplacedToTerraform(struct?: DnsRecordsReplaced): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dnsRecordsReplacedToHclTerraform(struct?: DnsRecordsReplaced): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DnsRecordsReplacedOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): DnsRecordsReplaced | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsReplaced | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // name - computed: true, optional: false, required: false
  public get name() {
    return this.getStringAttribute('name');
  }

  // ttl - computed: true, optional: false, required: false
  public get ttl() {
    return this.getNumberAttribute('ttl');
  }

  // type - computed: true, optional: false, required: false
  public get type() {
    return this.getStringAttribute('type');
  }

  // values - computed: true, optional: false, required: false
  public get values() {
    return this.getListAttribute('values');
  }
}

export class DnsRecordsReplacedList extends cdktf.ComplexList {

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): DnsRecordsReplacedOutputReference {
    return new DnsRecordsReplacedOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface DnsRecordsRfc2136 {
  /**
  * Algorithm of the TSIG key. One of `hmac-sha256`, `hmac-sha512`. Default: `DNS_UPDATE_KEYALGORITHM`, else `hmac-sha256`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#key_algorithm DnsRecords#key_algorithm}
  */
  readonly keyAlgorithm?: string;
  /**
  * Name of the TSIG key. Default: `DNS_UPDATE_KEYNAME`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#key_name DnsRecords#key_name}
  */
  readonly keyName?: string;
  /**
  * The TSIG key, base64. Default: `DNS_UPDATE_KEYSECRET`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#key_secret DnsRecords#key_secret}
  */
  readonly keySecret?: string;
  /**
  * Port of the primary server. Default: `DNS_UPDATE_PORT`, else `53`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#port DnsRecords#port}
  */
  readonly port?: number;
  /**
  * Address or host name of the primary server. Default: `DNS_UPDATE_SERVER`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#server DnsRecords#server}
  */
  readonly server?: string;
  /**
  * How messages travel. One of `udp`, `tcp`. Default: questions over UDP, updates over TCP.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#transport DnsRecords#transport}
  */
  readonly transport?: string;
  /**
  * The zones to work in. Default: found by asking the server.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#zones DnsRecords#zones}
  */
  readonly zones?: string[];
}

export function dnsRecordsRfc2136ToTerraform(struct?: DnsRecordsRfc2136 | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    key_algorithm: cdktf.stringToTerraform(struct!.keyAlgorithm),
    key_name: cdktf.stringToTerraform(struct!.keyName),
    key_secret: cdktf.stringToTerraform(struct!.keySecret),
    port: cdktf.numberToTerraform(struct!.port),
    server: cdktf.stringToTerraform(struct!.server),
    transport: cdktf.stringToTerraform(struct!.transport),
    zones: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.zones),
  }
}


export function dnsRecordsRfc2136ToHclTerraform(struct?: DnsRecordsRfc2136 | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    key_algorithm: {
      value: cdktf.stringToHclTerraform(struct!.keyAlgorithm),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    key_name: {
      value: cdktf.stringToHclTerraform(struct!.keyName),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    key_secret: {
      value: cdktf.stringToHclTerraform(struct!.keySecret),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    port: {
      value: cdktf.numberToHclTerraform(struct!.port),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    server: {
      value: cdktf.stringToHclTerraform(struct!.server),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    transport: {
      value: cdktf.stringToHclTerraform(struct!.transport),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    zones: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.zones),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsRfc2136OutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsRfc2136 | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._keyAlgorithm !== undefined) {
      hasAnyValues = true;
      internalValueResult.keyAlgorithm = this._keyAlgorithm;
    }
    if (this._keyName !== undefined) {
      hasAnyValues = true;
      internalValueResult.keyName = this._keyName;
    }
    if (this._keySecret !== undefined) {
      hasAnyValues = true;
      internalValueResult.keySecret = this._keySecret;
    }
    if (this._port !== undefined) {
      hasAnyValues = true;
      internalValueResult.port = this._port;
    }
    if (this._server !== undefined) {
      hasAnyValues = true;
      internalValueResult.server = this._server;
    }
    if (this._transport !== undefined) {
      hasAnyValues = true;
      internalValueResult.transport = this._transport;
    }
    if (this._zones !== undefined) {
      hasAnyValues = true;
      internalValueResult.zones = this._zones;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsRfc2136 | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._keyAlgorithm = undefined;
      this._keyName = undefined;
      this._keySecret = undefined;
      this._port = undefined;
      this._server = undefined;
      this._transport = undefined;
      this._zones = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._keyAlgorithm = value.keyAlgorithm;
      this._keyName = value.keyName;
      this._keySecret = value.keySecret;
      this._port = value.port;
      this._server = value.server;
      this._transport = value.transport;
      this._zones = value.zones;
    }
  }

  // key_algorithm - computed: false, optional: true, required: false
  private _keyAlgorithm?: string; 
  public get keyAlgorithm() {
    return this.getStringAttribute('key_algorithm');
  }
  public set keyAlgorithm(value: string) {
    this._keyAlgorithm = value;
  }
  public resetKeyAlgorithm() {
    this._keyAlgorithm = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get keyAlgorithmInput() {
    return this._keyAlgorithm;
  }

  // key_name - computed: false, optional: true, required: false
  private _keyName?: string; 
  public get keyName() {
    return this.getStringAttribute('key_name');
  }
  public set keyName(value: string) {
    this._keyName = value;
  }
  public resetKeyName() {
    this._keyName = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get keyNameInput() {
    return this._keyName;
  }

  // key_secret - computed: false, optional: true, required: false
  private _keySecret?: string; 
  public get keySecret() {
    return this.getStringAttribute('key_secret');
  }
  public set keySecret(value: string) {
    this._keySecret = value;
  }
  public resetKeySecret() {
    this._keySecret = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get keySecretInput() {
    return this._keySecret;
  }

  // port - computed: false, optional: true, required: false
  private _port?: number; 
  public get port() {
    return this.getNumberAttribute('port');
  }
  public set port(value: number) {
    this._port = value;
  }
  public resetPort() {
    this._port = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get portInput() {
    return this._port;
  }

  // server - computed: false, optional: true, required: false
  private _server?: string; 
  public get server() {
    return this.getStringAttribute('server');
  }
  public set server(value: string) {
    this._server = value;
  }
  public resetServer() {
    this._server = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get serverInput() {
    return this._server;
  }

  // transport - computed: false, optional: true, required: false
  private _transport?: string; 
  public get transport() {
    return this.getStringAttribute('transport');
  }
  public set transport(value: string) {
    this._transport = value;
  }
  public resetTransport() {
    this._transport = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get transportInput() {
    return this._transport;
  }

  // zones - computed: false, optional: true, required: false
  private _zones?: string[]; 
  public get zones() {
    return this.getListAttribute('zones');
  }
  public set zones(value: string[]) {
    this._zones = value;
  }
  public resetZones() {
    this._zones = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get zonesInput() {
    return this._zones;
  }
}
export interface DnsRecordsRoute53 {
  /**
  * Access key id. Default: the usual AWS chain (environment, profile, SSO, container, instance).
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#access_key DnsRecords#access_key}
  */
  readonly accessKey?: string;
  /**
  * Another address of the Route 53 API.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * Needed where several public zones have the same name.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#hosted_zone_id DnsRecords#hosted_zone_id}
  */
  readonly hostedZoneId?: string;
  /**
  * A profile of the shared AWS configuration.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#profile DnsRecords#profile}
  */
  readonly profile?: string;
  /**
  * Secret access key. Default: the usual AWS chain.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#secret_key DnsRecords#secret_key}
  */
  readonly secretKey?: string;
  /**
  * Of temporary credentials.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#session_token DnsRecords#session_token}
  */
  readonly sessionToken?: string;
}

export function dnsRecordsRoute53ToTerraform(struct?: DnsRecordsRoute53 | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    access_key: cdktf.stringToTerraform(struct!.accessKey),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    hosted_zone_id: cdktf.stringToTerraform(struct!.hostedZoneId),
    profile: cdktf.stringToTerraform(struct!.profile),
    secret_key: cdktf.stringToTerraform(struct!.secretKey),
    session_token: cdktf.stringToTerraform(struct!.sessionToken),
  }
}


export function dnsRecordsRoute53ToHclTerraform(struct?: DnsRecordsRoute53 | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    access_key: {
      value: cdktf.stringToHclTerraform(struct!.accessKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    hosted_zone_id: {
      value: cdktf.stringToHclTerraform(struct!.hostedZoneId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    profile: {
      value: cdktf.stringToHclTerraform(struct!.profile),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_key: {
      value: cdktf.stringToHclTerraform(struct!.secretKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    session_token: {
      value: cdktf.stringToHclTerraform(struct!.sessionToken),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsRoute53OutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsRoute53 | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._accessKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.accessKey = this._accessKey;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._hostedZoneId !== undefined) {
      hasAnyValues = true;
      internalValueResult.hostedZoneId = this._hostedZoneId;
    }
    if (this._profile !== undefined) {
      hasAnyValues = true;
      internalValueResult.profile = this._profile;
    }
    if (this._secretKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretKey = this._secretKey;
    }
    if (this._sessionToken !== undefined) {
      hasAnyValues = true;
      internalValueResult.sessionToken = this._sessionToken;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsRoute53 | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._accessKey = undefined;
      this._endpoint = undefined;
      this._hostedZoneId = undefined;
      this._profile = undefined;
      this._secretKey = undefined;
      this._sessionToken = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._accessKey = value.accessKey;
      this._endpoint = value.endpoint;
      this._hostedZoneId = value.hostedZoneId;
      this._profile = value.profile;
      this._secretKey = value.secretKey;
      this._sessionToken = value.sessionToken;
    }
  }

  // access_key - computed: false, optional: true, required: false
  private _accessKey?: string; 
  public get accessKey() {
    return this.getStringAttribute('access_key');
  }
  public set accessKey(value: string) {
    this._accessKey = value;
  }
  public resetAccessKey() {
    this._accessKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessKeyInput() {
    return this._accessKey;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // hosted_zone_id - computed: false, optional: true, required: false
  private _hostedZoneId?: string; 
  public get hostedZoneId() {
    return this.getStringAttribute('hosted_zone_id');
  }
  public set hostedZoneId(value: string) {
    this._hostedZoneId = value;
  }
  public resetHostedZoneId() {
    this._hostedZoneId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostedZoneIdInput() {
    return this._hostedZoneId;
  }

  // profile - computed: false, optional: true, required: false
  private _profile?: string; 
  public get profile() {
    return this.getStringAttribute('profile');
  }
  public set profile(value: string) {
    this._profile = value;
  }
  public resetProfile() {
    this._profile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get profileInput() {
    return this._profile;
  }

  // secret_key - computed: false, optional: true, required: false
  private _secretKey?: string; 
  public get secretKey() {
    return this.getStringAttribute('secret_key');
  }
  public set secretKey(value: string) {
    this._secretKey = value;
  }
  public resetSecretKey() {
    this._secretKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretKeyInput() {
    return this._secretKey;
  }

  // session_token - computed: false, optional: true, required: false
  private _sessionToken?: string; 
  public get sessionToken() {
    return this.getStringAttribute('session_token');
  }
  public set sessionToken(value: string) {
    this._sessionToken = value;
  }
  public resetSessionToken() {
    this._sessionToken = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sessionTokenInput() {
    return this._sessionToken;
  }
}
export interface DnsRecordsScaleway {
  /**
  * Another address of the Scaleway API. Default: `https://api.scaleway.com/domain/v2beta1`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#endpoint DnsRecords#endpoint}
  */
  readonly endpoint?: string;
  /**
  * The project that holds the zones. Default: `SCW_PROJECT_ID`, else every project of the key.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#project_id DnsRecords#project_id}
  */
  readonly projectId?: string;
  /**
  * The secret key of an API key. Default: `SCW_SECRET_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#secret_key DnsRecords#secret_key}
  */
  readonly secretKey?: string;
}

export function dnsRecordsScalewayToTerraform(struct?: DnsRecordsScaleway | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    project_id: cdktf.stringToTerraform(struct!.projectId),
    secret_key: cdktf.stringToTerraform(struct!.secretKey),
  }
}


export function dnsRecordsScalewayToHclTerraform(struct?: DnsRecordsScaleway | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    project_id: {
      value: cdktf.stringToHclTerraform(struct!.projectId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    secret_key: {
      value: cdktf.stringToHclTerraform(struct!.secretKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsScalewayOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsScaleway | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._projectId !== undefined) {
      hasAnyValues = true;
      internalValueResult.projectId = this._projectId;
    }
    if (this._secretKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.secretKey = this._secretKey;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsScaleway | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._endpoint = undefined;
      this._projectId = undefined;
      this._secretKey = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._endpoint = value.endpoint;
      this._projectId = value.projectId;
      this._secretKey = value.secretKey;
    }
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // project_id - computed: false, optional: true, required: false
  private _projectId?: string; 
  public get projectId() {
    return this.getStringAttribute('project_id');
  }
  public set projectId(value: string) {
    this._projectId = value;
  }
  public resetProjectId() {
    this._projectId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get projectIdInput() {
    return this._projectId;
  }

  // secret_key - computed: false, optional: true, required: false
  private _secretKey?: string; 
  public get secretKey() {
    return this.getStringAttribute('secret_key');
  }
  public set secretKey(value: string) {
    this._secretKey = value;
  }
  public resetSecretKey() {
    this._secretKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretKeyInput() {
    return this._secretKey;
  }
}
export interface DnsRecordsTimeouts {
  /**
  * How long to wait for create, such as `90s` or `1h30m`. Default: `5m`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#create DnsRecords#create}
  */
  readonly create?: string;
  /**
  * How long to wait for delete, such as `90s` or `1h30m`. Default: `5m`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#delete DnsRecords#delete}
  */
  readonly delete?: string;
  /**
  * How long to wait for update, such as `90s` or `1h30m`. Default: `5m`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#update DnsRecords#update}
  */
  readonly update?: string;
}

export function dnsRecordsTimeoutsToTerraform(struct?: DnsRecordsTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    create: cdktf.stringToTerraform(struct!.create),
    delete: cdktf.stringToTerraform(struct!.delete),
    update: cdktf.stringToTerraform(struct!.update),
  }
}


export function dnsRecordsTimeoutsToHclTerraform(struct?: DnsRecordsTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    create: {
      value: cdktf.stringToHclTerraform(struct!.create),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    delete: {
      value: cdktf.stringToHclTerraform(struct!.delete),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    update: {
      value: cdktf.stringToHclTerraform(struct!.update),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DnsRecordsTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DnsRecordsTimeouts | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._create !== undefined) {
      hasAnyValues = true;
      internalValueResult.create = this._create;
    }
    if (this._delete !== undefined) {
      hasAnyValues = true;
      internalValueResult.delete = this._delete;
    }
    if (this._update !== undefined) {
      hasAnyValues = true;
      internalValueResult.update = this._update;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DnsRecordsTimeouts | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._create = undefined;
      this._delete = undefined;
      this._update = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._create = value.create;
      this._delete = value.delete;
      this._update = value.update;
    }
  }

  // create - computed: false, optional: true, required: false
  private _create?: string; 
  public get create() {
    return this.getStringAttribute('create');
  }
  public set create(value: string) {
    this._create = value;
  }
  public resetCreate() {
    this._create = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get createInput() {
    return this._create;
  }

  // delete - computed: false, optional: true, required: false
  private _delete?: string; 
  public get delete() {
    return this.getStringAttribute('delete');
  }
  public set delete(value: string) {
    this._delete = value;
  }
  public resetDelete() {
    this._delete = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deleteInput() {
    return this._delete;
  }

  // update - computed: false, optional: true, required: false
  private _update?: string; 
  public get update() {
    return this.getStringAttribute('update');
  }
  public set update(value: string) {
    this._update = value;
  }
  public resetUpdate() {
    this._update = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get updateInput() {
    return this._update;
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records dmarcreport_dns_records}
*/
export class DnsRecords extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "dmarcreport_dns_records";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DnsRecords resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DnsRecords to import
  * @param importFromId The id of the existing DnsRecords that should be imported. Refer to the {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DnsRecords to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "dmarcreport_dns_records", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/dns_records dmarcreport_dns_records} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DnsRecordsConfig
  */
  public constructor(scope: Construct, id: string, config: DnsRecordsConfig) {
    super(scope, id, {
      terraformResourceType: 'dmarcreport_dns_records',
      terraformGeneratorMetadata: {
        providerName: 'dmarcreport',
        providerVersion: '0.1.0'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._allowWeaker = config.allowWeaker;
    this._azure.internalValue = config.azure;
    this._cloudflare.internalValue = config.cloudflare;
    this._desec.internalValue = config.desec;
    this._digitalocean.internalValue = config.digitalocean;
    this._dnsimple.internalValue = config.dnsimple;
    this._exec.internalValue = config.exec;
    this._gandi.internalValue = config.gandi;
    this._google.internalValue = config.google;
    this._hetzner.internalValue = config.hetzner;
    this._ionos.internalValue = config.ionos;
    this._linode.internalValue = config.linode;
    this._ns1.internalValue = config.ns1;
    this._onConflict = config.onConflict;
    this._ovh.internalValue = config.ovh;
    this._porkbun.internalValue = config.porkbun;
    this._powerdns.internalValue = config.powerdns;
    this._records.internalValue = config.records;
    this._rfc2136.internalValue = config.rfc2136;
    this._route53.internalValue = config.route53;
    this._scaleway.internalValue = config.scaleway;
    this._ttl = config.ttl;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // allow_weaker - computed: false, optional: true, required: false
  private _allowWeaker?: string; 
  public get allowWeaker() {
    return this.getStringAttribute('allow_weaker');
  }
  public set allowWeaker(value: string) {
    this._allowWeaker = value;
  }
  public resetAllowWeaker() {
    this._allowWeaker = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get allowWeakerInput() {
    return this._allowWeaker;
  }

  // applied - computed: true, optional: false, required: false
  private _applied = new DnsRecordsAppliedMap(this, "applied");
  public get applied() {
    return this._applied;
  }

  // azure - computed: false, optional: true, required: false
  private _azure = new DnsRecordsAzureOutputReference(this, "azure");
  public get azure() {
    return this._azure;
  }
  public putAzure(value: DnsRecordsAzure) {
    this._azure.internalValue = value;
  }
  public resetAzure() {
    this._azure.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get azureInput() {
    return this._azure.internalValue;
  }

  // cloudflare - computed: false, optional: true, required: false
  private _cloudflare = new DnsRecordsCloudflareOutputReference(this, "cloudflare");
  public get cloudflare() {
    return this._cloudflare;
  }
  public putCloudflare(value: DnsRecordsCloudflare) {
    this._cloudflare.internalValue = value;
  }
  public resetCloudflare() {
    this._cloudflare.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get cloudflareInput() {
    return this._cloudflare.internalValue;
  }

  // desec - computed: false, optional: true, required: false
  private _desec = new DnsRecordsDesecOutputReference(this, "desec");
  public get desec() {
    return this._desec;
  }
  public putDesec(value: DnsRecordsDesec) {
    this._desec.internalValue = value;
  }
  public resetDesec() {
    this._desec.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get desecInput() {
    return this._desec.internalValue;
  }

  // digitalocean - computed: false, optional: true, required: false
  private _digitalocean = new DnsRecordsDigitaloceanOutputReference(this, "digitalocean");
  public get digitalocean() {
    return this._digitalocean;
  }
  public putDigitalocean(value: DnsRecordsDigitalocean) {
    this._digitalocean.internalValue = value;
  }
  public resetDigitalocean() {
    this._digitalocean.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get digitaloceanInput() {
    return this._digitalocean.internalValue;
  }

  // dnsimple - computed: false, optional: true, required: false
  private _dnsimple = new DnsRecordsDnsimpleOutputReference(this, "dnsimple");
  public get dnsimple() {
    return this._dnsimple;
  }
  public putDnsimple(value: DnsRecordsDnsimple) {
    this._dnsimple.internalValue = value;
  }
  public resetDnsimple() {
    this._dnsimple.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get dnsimpleInput() {
    return this._dnsimple.internalValue;
  }

  // exec - computed: false, optional: true, required: false
  private _exec = new DnsRecordsExecOutputReference(this, "exec");
  public get exec() {
    return this._exec;
  }
  public putExec(value: DnsRecordsExec) {
    this._exec.internalValue = value;
  }
  public resetExec() {
    this._exec.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get execInput() {
    return this._exec.internalValue;
  }

  // gandi - computed: false, optional: true, required: false
  private _gandi = new DnsRecordsGandiOutputReference(this, "gandi");
  public get gandi() {
    return this._gandi;
  }
  public putGandi(value: DnsRecordsGandi) {
    this._gandi.internalValue = value;
  }
  public resetGandi() {
    this._gandi.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get gandiInput() {
    return this._gandi.internalValue;
  }

  // google - computed: false, optional: true, required: false
  private _google = new DnsRecordsGoogleOutputReference(this, "google");
  public get google() {
    return this._google;
  }
  public putGoogle(value: DnsRecordsGoogle) {
    this._google.internalValue = value;
  }
  public resetGoogle() {
    this._google.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get googleInput() {
    return this._google.internalValue;
  }

  // hetzner - computed: false, optional: true, required: false
  private _hetzner = new DnsRecordsHetznerOutputReference(this, "hetzner");
  public get hetzner() {
    return this._hetzner;
  }
  public putHetzner(value: DnsRecordsHetzner) {
    this._hetzner.internalValue = value;
  }
  public resetHetzner() {
    this._hetzner.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hetznerInput() {
    return this._hetzner.internalValue;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // ionos - computed: false, optional: true, required: false
  private _ionos = new DnsRecordsIonosOutputReference(this, "ionos");
  public get ionos() {
    return this._ionos;
  }
  public putIonos(value: DnsRecordsIonos) {
    this._ionos.internalValue = value;
  }
  public resetIonos() {
    this._ionos.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ionosInput() {
    return this._ionos.internalValue;
  }

  // linode - computed: false, optional: true, required: false
  private _linode = new DnsRecordsLinodeOutputReference(this, "linode");
  public get linode() {
    return this._linode;
  }
  public putLinode(value: DnsRecordsLinode) {
    this._linode.internalValue = value;
  }
  public resetLinode() {
    this._linode.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get linodeInput() {
    return this._linode.internalValue;
  }

  // ns1 - computed: false, optional: true, required: false
  private _ns1 = new DnsRecordsNs1OutputReference(this, "ns1");
  public get ns1() {
    return this._ns1;
  }
  public putNs1(value: DnsRecordsNs1) {
    this._ns1.internalValue = value;
  }
  public resetNs1() {
    this._ns1.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ns1Input() {
    return this._ns1.internalValue;
  }

  // on_conflict - computed: true, optional: true, required: false
  private _onConflict?: string; 
  public get onConflict() {
    return this.getStringAttribute('on_conflict');
  }
  public set onConflict(value: string) {
    this._onConflict = value;
  }
  public resetOnConflict() {
    this._onConflict = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get onConflictInput() {
    return this._onConflict;
  }

  // ovh - computed: false, optional: true, required: false
  private _ovh = new DnsRecordsOvhOutputReference(this, "ovh");
  public get ovh() {
    return this._ovh;
  }
  public putOvh(value: DnsRecordsOvh) {
    this._ovh.internalValue = value;
  }
  public resetOvh() {
    this._ovh.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ovhInput() {
    return this._ovh.internalValue;
  }

  // porkbun - computed: false, optional: true, required: false
  private _porkbun = new DnsRecordsPorkbunOutputReference(this, "porkbun");
  public get porkbun() {
    return this._porkbun;
  }
  public putPorkbun(value: DnsRecordsPorkbun) {
    this._porkbun.internalValue = value;
  }
  public resetPorkbun() {
    this._porkbun.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get porkbunInput() {
    return this._porkbun.internalValue;
  }

  // powerdns - computed: false, optional: true, required: false
  private _powerdns = new DnsRecordsPowerdnsOutputReference(this, "powerdns");
  public get powerdns() {
    return this._powerdns;
  }
  public putPowerdns(value: DnsRecordsPowerdns) {
    this._powerdns.internalValue = value;
  }
  public resetPowerdns() {
    this._powerdns.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get powerdnsInput() {
    return this._powerdns.internalValue;
  }

  // records - computed: false, optional: false, required: true
  private _records = new DnsRecordsRecordsMap(this, "records");
  public get records() {
    return this._records;
  }
  public putRecords(value: { [key: string]: DnsRecordsRecords } | cdktf.IResolvable) {
    this._records.internalValue = value;
  }
  // Temporarily expose input value. Use with caution.
  public get recordsInput() {
    return this._records.internalValue;
  }

  // replaced - computed: true, optional: false, required: false
  private _replaced = new DnsRecordsReplacedList(this, "replaced", false);
  public get replaced() {
    return this._replaced;
  }

  // rfc2136 - computed: false, optional: true, required: false
  private _rfc2136 = new DnsRecordsRfc2136OutputReference(this, "rfc2136");
  public get rfc2136() {
    return this._rfc2136;
  }
  public putRfc2136(value: DnsRecordsRfc2136) {
    this._rfc2136.internalValue = value;
  }
  public resetRfc2136() {
    this._rfc2136.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rfc2136Input() {
    return this._rfc2136.internalValue;
  }

  // route53 - computed: false, optional: true, required: false
  private _route53 = new DnsRecordsRoute53OutputReference(this, "route53");
  public get route53() {
    return this._route53;
  }
  public putRoute53(value: DnsRecordsRoute53) {
    this._route53.internalValue = value;
  }
  public resetRoute53() {
    this._route53.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get route53Input() {
    return this._route53.internalValue;
  }

  // scaleway - computed: false, optional: true, required: false
  private _scaleway = new DnsRecordsScalewayOutputReference(this, "scaleway");
  public get scaleway() {
    return this._scaleway;
  }
  public putScaleway(value: DnsRecordsScaleway) {
    this._scaleway.internalValue = value;
  }
  public resetScaleway() {
    this._scaleway.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scalewayInput() {
    return this._scaleway.internalValue;
  }

  // ttl - computed: true, optional: true, required: false
  private _ttl?: number; 
  public get ttl() {
    return this.getNumberAttribute('ttl');
  }
  public set ttl(value: number) {
    this._ttl = value;
  }
  public resetTtl() {
    this._ttl = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ttlInput() {
    return this._ttl;
  }

  // zones - computed: true, optional: false, required: false
  public get zones() {
    return this.getListAttribute('zones');
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new DnsRecordsTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: DnsRecordsTimeouts) {
    this._timeouts.internalValue = value;
  }
  public resetTimeouts() {
    this._timeouts.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutsInput() {
    return this._timeouts.internalValue;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      allow_weaker: cdktf.stringToTerraform(this._allowWeaker),
      azure: dnsRecordsAzureToTerraform(this._azure.internalValue),
      cloudflare: dnsRecordsCloudflareToTerraform(this._cloudflare.internalValue),
      desec: dnsRecordsDesecToTerraform(this._desec.internalValue),
      digitalocean: dnsRecordsDigitaloceanToTerraform(this._digitalocean.internalValue),
      dnsimple: dnsRecordsDnsimpleToTerraform(this._dnsimple.internalValue),
      exec: dnsRecordsExecToTerraform(this._exec.internalValue),
      gandi: dnsRecordsGandiToTerraform(this._gandi.internalValue),
      google: dnsRecordsGoogleToTerraform(this._google.internalValue),
      hetzner: dnsRecordsHetznerToTerraform(this._hetzner.internalValue),
      ionos: dnsRecordsIonosToTerraform(this._ionos.internalValue),
      linode: dnsRecordsLinodeToTerraform(this._linode.internalValue),
      ns1: dnsRecordsNs1ToTerraform(this._ns1.internalValue),
      on_conflict: cdktf.stringToTerraform(this._onConflict),
      ovh: dnsRecordsOvhToTerraform(this._ovh.internalValue),
      porkbun: dnsRecordsPorkbunToTerraform(this._porkbun.internalValue),
      powerdns: dnsRecordsPowerdnsToTerraform(this._powerdns.internalValue),
      records: cdktf.hashMapper(dnsRecordsRecordsToTerraform)(this._records.internalValue),
      rfc2136: dnsRecordsRfc2136ToTerraform(this._rfc2136.internalValue),
      route53: dnsRecordsRoute53ToTerraform(this._route53.internalValue),
      scaleway: dnsRecordsScalewayToTerraform(this._scaleway.internalValue),
      ttl: cdktf.numberToTerraform(this._ttl),
      timeouts: dnsRecordsTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      allow_weaker: {
        value: cdktf.stringToHclTerraform(this._allowWeaker),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      azure: {
        value: dnsRecordsAzureToHclTerraform(this._azure.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsAzure",
      },
      cloudflare: {
        value: dnsRecordsCloudflareToHclTerraform(this._cloudflare.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsCloudflare",
      },
      desec: {
        value: dnsRecordsDesecToHclTerraform(this._desec.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsDesec",
      },
      digitalocean: {
        value: dnsRecordsDigitaloceanToHclTerraform(this._digitalocean.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsDigitalocean",
      },
      dnsimple: {
        value: dnsRecordsDnsimpleToHclTerraform(this._dnsimple.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsDnsimple",
      },
      exec: {
        value: dnsRecordsExecToHclTerraform(this._exec.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsExec",
      },
      gandi: {
        value: dnsRecordsGandiToHclTerraform(this._gandi.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsGandi",
      },
      google: {
        value: dnsRecordsGoogleToHclTerraform(this._google.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsGoogle",
      },
      hetzner: {
        value: dnsRecordsHetznerToHclTerraform(this._hetzner.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsHetzner",
      },
      ionos: {
        value: dnsRecordsIonosToHclTerraform(this._ionos.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsIonos",
      },
      linode: {
        value: dnsRecordsLinodeToHclTerraform(this._linode.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsLinode",
      },
      ns1: {
        value: dnsRecordsNs1ToHclTerraform(this._ns1.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsNs1",
      },
      on_conflict: {
        value: cdktf.stringToHclTerraform(this._onConflict),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ovh: {
        value: dnsRecordsOvhToHclTerraform(this._ovh.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsOvh",
      },
      porkbun: {
        value: dnsRecordsPorkbunToHclTerraform(this._porkbun.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsPorkbun",
      },
      powerdns: {
        value: dnsRecordsPowerdnsToHclTerraform(this._powerdns.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsPowerdns",
      },
      records: {
        value: cdktf.hashMapperHcl(dnsRecordsRecordsToHclTerraform)(this._records.internalValue),
        isBlock: true,
        type: "map",
        storageClassType: "DnsRecordsRecordsMap",
      },
      rfc2136: {
        value: dnsRecordsRfc2136ToHclTerraform(this._rfc2136.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsRfc2136",
      },
      route53: {
        value: dnsRecordsRoute53ToHclTerraform(this._route53.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsRoute53",
      },
      scaleway: {
        value: dnsRecordsScalewayToHclTerraform(this._scaleway.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsScaleway",
      },
      ttl: {
        value: cdktf.numberToHclTerraform(this._ttl),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      timeouts: {
        value: dnsRecordsTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DnsRecordsTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
