// https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs
// Generated from the provider's schema by `npm run generate`.
// @ts-nocheck

import type { Construct } from 'constructs'
import * as cdktf from '../framework.ts'

// Configuration

export interface DmarcreportProviderConfig {
  /**
  * Default account for resources without `account_id`: ID, slug or title. Not required if the token can access exactly one account.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#account DmarcreportProvider#account}
  */
  readonly account?: string;
  /**
  * Credentials for `dmarcreport_dns_records`, by DNS service. Terraform never stores them. Settings that are omitted come from the environment.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#dns DmarcreportProvider#dns}
  */
  readonly dns?: DmarcreportProviderDns;
  /**
  * Base URL of the API. Default: the environment variable `DMARCREPORT_ENDPOINT`, otherwise `https://api.dmarcreport.com`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#endpoint DmarcreportProvider#endpoint}
  */
  readonly endpoint?: string;
  /**
  * Where this configuration is kept, such as the name of its repository. Servers that support it show it, with the workspace, next to the domains that it manages; an imported domain shows it after its first change.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#label DmarcreportProvider#label}
  */
  readonly label?: string;
  /**
  * Maximum number of retries after a network failure, a 429 or a 5xx response. Create requests are retried only if they provably had no effect. Default: `4`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#max_retries DmarcreportProvider#max_retries}
  */
  readonly maxRetries?: number;
  /**
  * Timeout of one request in seconds. Default: `30`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#request_timeout DmarcreportProvider#request_timeout}
  */
  readonly requestTimeout?: number;
  /**
  * API token, without `Token token=`. Default: the environment variable `DMARCREPORT_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#token DmarcreportProvider#token}
  */
  readonly token?: string;
  /**
  * Alias name
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#alias DmarcreportProvider#alias}
  */
  readonly alias?: string;
}
export interface DmarcreportProviderDnsAzure {
  /**
  * Of the application, or of a managed identity that a user assigned. Default: `AZURE_CLIENT_ID`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#client_id DmarcreportProvider#client_id}
  */
  readonly clientId?: string;
  /**
  * The secret of the application. Not needed with workload identity or a managed identity. Default: `AZURE_CLIENT_SECRET`, else workload identity, a managed identity or the `az` command.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#client_secret DmarcreportProvider#client_secret}
  */
  readonly clientSecret?: string;
  /**
  * Id or domain of the tenant. Default: `AZURE_TENANT_ID`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#tenant_id DmarcreportProvider#tenant_id}
  */
  readonly tenantId?: string;
}

export function dmarcreportProviderDnsAzureToTerraform(struct?: DmarcreportProviderDnsAzure | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    client_id: cdktf.stringToTerraform(struct!.clientId),
    client_secret: cdktf.stringToTerraform(struct!.clientSecret),
    tenant_id: cdktf.stringToTerraform(struct!.tenantId),
  }
}


export function dmarcreportProviderDnsAzureToHclTerraform(struct?: DmarcreportProviderDnsAzure | cdktf.IResolvable): any {
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

export interface DmarcreportProviderDnsCloudflare {
  /**
  * An API token with Zone Read and DNS Edit. Default: `CLOUDFLARE_API_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#api_token DmarcreportProvider#api_token}
  */
  readonly apiToken?: string;
}

export function dmarcreportProviderDnsCloudflareToTerraform(struct?: DmarcreportProviderDnsCloudflare | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    api_token: cdktf.stringToTerraform(struct!.apiToken),
  }
}


export function dmarcreportProviderDnsCloudflareToHclTerraform(struct?: DmarcreportProviderDnsCloudflare | cdktf.IResolvable): any {
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
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export interface DmarcreportProviderDnsDesec {
  /**
  * A token of the account. Default: `DESEC_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#token DmarcreportProvider#token}
  */
  readonly token?: string;
}

export function dmarcreportProviderDnsDesecToTerraform(struct?: DmarcreportProviderDnsDesec | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dmarcreportProviderDnsDesecToHclTerraform(struct?: DmarcreportProviderDnsDesec | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
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

export interface DmarcreportProviderDnsDigitalocean {
  /**
  * A personal access token. Default: `DIGITALOCEAN_TOKEN` or `DIGITALOCEAN_ACCESS_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#token DmarcreportProvider#token}
  */
  readonly token?: string;
}

export function dmarcreportProviderDnsDigitaloceanToTerraform(struct?: DmarcreportProviderDnsDigitalocean | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dmarcreportProviderDnsDigitaloceanToHclTerraform(struct?: DmarcreportProviderDnsDigitalocean | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
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

export interface DmarcreportProviderDnsDnsimple {
  /**
  * The number of the account. Default: `DNSIMPLE_ACCOUNT`, else the account of the token.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#account DmarcreportProvider#account}
  */
  readonly account?: string;
  /**
  * An access token of the account. Default: `DNSIMPLE_OAUTH_TOKEN` or `DNSIMPLE_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#token DmarcreportProvider#token}
  */
  readonly token?: string;
}

export function dmarcreportProviderDnsDnsimpleToTerraform(struct?: DmarcreportProviderDnsDnsimple | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    account: cdktf.stringToTerraform(struct!.account),
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dmarcreportProviderDnsDnsimpleToHclTerraform(struct?: DmarcreportProviderDnsDnsimple | cdktf.IResolvable): any {
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

export interface DmarcreportProviderDnsExec {
  /**
  * The program and its arguments, one text each; no shell reads them. In the environment they are separated by commas. Default: `DMARC_DNS_EXEC`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#command DmarcreportProvider#command}
  */
  readonly command?: string[];
}

export function dmarcreportProviderDnsExecToTerraform(struct?: DmarcreportProviderDnsExec | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    command: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.command),
  }
}


export function dmarcreportProviderDnsExecToHclTerraform(struct?: DmarcreportProviderDnsExec | cdktf.IResolvable): any {
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

export interface DmarcreportProviderDnsGandi {
  /**
  * A personal access token. API keys, which Gandi has deprecated, are not taken. Default: `GANDIV5_PERSONAL_ACCESS_TOKEN` or `GANDI_PERSONAL_ACCESS_TOKEN` or `GANDI_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#token DmarcreportProvider#token}
  */
  readonly token?: string;
}

export function dmarcreportProviderDnsGandiToTerraform(struct?: DmarcreportProviderDnsGandi | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dmarcreportProviderDnsGandiToHclTerraform(struct?: DmarcreportProviderDnsGandi | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
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

export interface DmarcreportProviderDnsGoogle {
  /**
  * A ready token, as `gcloud auth print-access-token` gives it. Default: `GOOGLE_OAUTH_ACCESS_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#access_token DmarcreportProvider#access_token}
  */
  readonly accessToken?: string;
  /**
  * The contents of a credentials file. Default: Google's application default credentials.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#credentials DmarcreportProvider#credentials}
  */
  readonly credentials?: string;
}

export function dmarcreportProviderDnsGoogleToTerraform(struct?: DmarcreportProviderDnsGoogle | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    access_token: cdktf.stringToTerraform(struct!.accessToken),
    credentials: cdktf.stringToTerraform(struct!.credentials),
  }
}


export function dmarcreportProviderDnsGoogleToHclTerraform(struct?: DmarcreportProviderDnsGoogle | cdktf.IResolvable): any {
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
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export interface DmarcreportProviderDnsHetzner {
  /**
  * An API token of the project, with read and write access. Default: `HCLOUD_TOKEN` or `HETZNER_API_TOKEN` or `HETZNER_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#token DmarcreportProvider#token}
  */
  readonly token?: string;
}

export function dmarcreportProviderDnsHetznerToTerraform(struct?: DmarcreportProviderDnsHetzner | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dmarcreportProviderDnsHetznerToHclTerraform(struct?: DmarcreportProviderDnsHetzner | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
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

export interface DmarcreportProviderDnsIonos {
  /**
  * The public prefix and the secret of a key, joined by a dot. Default: `IONOS_API_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#api_key DmarcreportProvider#api_key}
  */
  readonly apiKey?: string;
}

export function dmarcreportProviderDnsIonosToTerraform(struct?: DmarcreportProviderDnsIonos | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    api_key: cdktf.stringToTerraform(struct!.apiKey),
  }
}


export function dmarcreportProviderDnsIonosToHclTerraform(struct?: DmarcreportProviderDnsIonos | cdktf.IResolvable): any {
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
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export interface DmarcreportProviderDnsLinode {
  /**
  * A personal access token with the scope `domains:read_write`. Default: `LINODE_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#token DmarcreportProvider#token}
  */
  readonly token?: string;
}

export function dmarcreportProviderDnsLinodeToTerraform(struct?: DmarcreportProviderDnsLinode | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function dmarcreportProviderDnsLinodeToHclTerraform(struct?: DmarcreportProviderDnsLinode | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
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

export interface DmarcreportProviderDnsNs1 {
  /**
  * An API key. Default: `NS1_API_KEY` or `NS1_APIKEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#api_key DmarcreportProvider#api_key}
  */
  readonly apiKey?: string;
}

export function dmarcreportProviderDnsNs1ToTerraform(struct?: DmarcreportProviderDnsNs1 | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    api_key: cdktf.stringToTerraform(struct!.apiKey),
  }
}


export function dmarcreportProviderDnsNs1ToHclTerraform(struct?: DmarcreportProviderDnsNs1 | cdktf.IResolvable): any {
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
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export interface DmarcreportProviderDnsOvh {
  /**
  * A ready access token; it lasts an hour. Default: `OVH_ACCESS_TOKEN`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#access_token DmarcreportProvider#access_token}
  */
  readonly accessToken?: string;
  /**
  * The key of an application. Default: `OVH_APPLICATION_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#application_key DmarcreportProvider#application_key}
  */
  readonly applicationKey?: string;
  /**
  * The secret of the application. Default: `OVH_APPLICATION_SECRET`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#application_secret DmarcreportProvider#application_secret}
  */
  readonly applicationSecret?: string;
  /**
  * The id of a service account (OAuth 2.0). Default: `OVH_CLIENT_ID`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#client_id DmarcreportProvider#client_id}
  */
  readonly clientId?: string;
  /**
  * The secret of the service account. Default: `OVH_CLIENT_SECRET`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#client_secret DmarcreportProvider#client_secret}
  */
  readonly clientSecret?: string;
  /**
  * What the application may do for the account, once its owner has agreed. Default: `OVH_CONSUMER_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#consumer_key DmarcreportProvider#consumer_key}
  */
  readonly consumerKey?: string;
  /**
  * The company that the account is with. One of `ovh-eu`, `ovh-ca`, `ovh-us`. Default: `OVH_ENDPOINT`, else `ovh-eu`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#endpoint DmarcreportProvider#endpoint}
  */
  readonly endpoint?: string;
}

export function dmarcreportProviderDnsOvhToTerraform(struct?: DmarcreportProviderDnsOvh | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    access_token: cdktf.stringToTerraform(struct!.accessToken),
    application_key: cdktf.stringToTerraform(struct!.applicationKey),
    application_secret: cdktf.stringToTerraform(struct!.applicationSecret),
    client_id: cdktf.stringToTerraform(struct!.clientId),
    client_secret: cdktf.stringToTerraform(struct!.clientSecret),
    consumer_key: cdktf.stringToTerraform(struct!.consumerKey),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
  }
}


export function dmarcreportProviderDnsOvhToHclTerraform(struct?: DmarcreportProviderDnsOvh | cdktf.IResolvable): any {
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

export interface DmarcreportProviderDnsPorkbun {
  /**
  * The API key. Default: `PORKBUN_API_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#api_key DmarcreportProvider#api_key}
  */
  readonly apiKey?: string;
  /**
  * The secret of the API key. Default: `PORKBUN_SECRET_API_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#secret_api_key DmarcreportProvider#secret_api_key}
  */
  readonly secretApiKey?: string;
}

export function dmarcreportProviderDnsPorkbunToTerraform(struct?: DmarcreportProviderDnsPorkbun | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    api_key: cdktf.stringToTerraform(struct!.apiKey),
    secret_api_key: cdktf.stringToTerraform(struct!.secretApiKey),
  }
}


export function dmarcreportProviderDnsPorkbunToHclTerraform(struct?: DmarcreportProviderDnsPorkbun | cdktf.IResolvable): any {
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

export interface DmarcreportProviderDnsPowerdns {
  /**
  * The API key. Default: `PDNS_API_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#api_key DmarcreportProvider#api_key}
  */
  readonly apiKey?: string;
  /**
  * Where its API listens, without `/api/v1`. Default: `PDNS_SERVER_URL` or `PDNS_API_URL`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#url DmarcreportProvider#url}
  */
  readonly url?: string;
}

export function dmarcreportProviderDnsPowerdnsToTerraform(struct?: DmarcreportProviderDnsPowerdns | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    api_key: cdktf.stringToTerraform(struct!.apiKey),
    url: cdktf.stringToTerraform(struct!.url),
  }
}


export function dmarcreportProviderDnsPowerdnsToHclTerraform(struct?: DmarcreportProviderDnsPowerdns | cdktf.IResolvable): any {
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

export interface DmarcreportProviderDnsRfc2136 {
  /**
  * Algorithm of the TSIG key. One of `hmac-sha256`, `hmac-sha512`. Default: `DNS_UPDATE_KEYALGORITHM`, else `hmac-sha256`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#key_algorithm DmarcreportProvider#key_algorithm}
  */
  readonly keyAlgorithm?: string;
  /**
  * Name of the TSIG key. Default: `DNS_UPDATE_KEYNAME`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#key_name DmarcreportProvider#key_name}
  */
  readonly keyName?: string;
  /**
  * The TSIG key, base64. Default: `DNS_UPDATE_KEYSECRET`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#key_secret DmarcreportProvider#key_secret}
  */
  readonly keySecret?: string;
  /**
  * Port of the primary server. Default: `DNS_UPDATE_PORT`, else `53`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#port DmarcreportProvider#port}
  */
  readonly port?: number;
  /**
  * Address or host name of the primary server. Default: `DNS_UPDATE_SERVER`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#server DmarcreportProvider#server}
  */
  readonly server?: string;
}

export function dmarcreportProviderDnsRfc2136ToTerraform(struct?: DmarcreportProviderDnsRfc2136 | cdktf.IResolvable): any {
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
  }
}


export function dmarcreportProviderDnsRfc2136ToHclTerraform(struct?: DmarcreportProviderDnsRfc2136 | cdktf.IResolvable): any {
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
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export interface DmarcreportProviderDnsRoute53 {
  /**
  * Access key id. Default: the usual AWS chain (environment, profile, SSO, container, instance).
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#access_key DmarcreportProvider#access_key}
  */
  readonly accessKey?: string;
  /**
  * A profile of the shared AWS configuration.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#profile DmarcreportProvider#profile}
  */
  readonly profile?: string;
  /**
  * Secret access key. Default: the usual AWS chain.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#secret_key DmarcreportProvider#secret_key}
  */
  readonly secretKey?: string;
  /**
  * Of temporary credentials.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#session_token DmarcreportProvider#session_token}
  */
  readonly sessionToken?: string;
}

export function dmarcreportProviderDnsRoute53ToTerraform(struct?: DmarcreportProviderDnsRoute53 | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    access_key: cdktf.stringToTerraform(struct!.accessKey),
    profile: cdktf.stringToTerraform(struct!.profile),
    secret_key: cdktf.stringToTerraform(struct!.secretKey),
    session_token: cdktf.stringToTerraform(struct!.sessionToken),
  }
}


export function dmarcreportProviderDnsRoute53ToHclTerraform(struct?: DmarcreportProviderDnsRoute53 | cdktf.IResolvable): any {
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

export interface DmarcreportProviderDnsScaleway {
  /**
  * The project that holds the zones. Default: `SCW_PROJECT_ID`, else every project of the key.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#project_id DmarcreportProvider#project_id}
  */
  readonly projectId?: string;
  /**
  * The secret key of an API key. Default: `SCW_SECRET_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#secret_key DmarcreportProvider#secret_key}
  */
  readonly secretKey?: string;
}

export function dmarcreportProviderDnsScalewayToTerraform(struct?: DmarcreportProviderDnsScaleway | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    project_id: cdktf.stringToTerraform(struct!.projectId),
    secret_key: cdktf.stringToTerraform(struct!.secretKey),
  }
}


export function dmarcreportProviderDnsScalewayToHclTerraform(struct?: DmarcreportProviderDnsScaleway | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
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

export interface DmarcreportProviderDns {
  /**
  * Azure DNS. Without a secret, the credentials are those Azure's own tools would find: workload identity (`AZURE_FEDERATED_TOKEN_FILE`), the managed identity of the machine or the app, then the `az` command. `AZURE_TOKEN_CREDENTIALS` limits them.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#azure DmarcreportProvider#azure}
  */
  readonly azure?: DmarcreportProviderDnsAzure;
  /**
  * Cloudflare.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#cloudflare DmarcreportProvider#cloudflare}
  */
  readonly cloudflare?: DmarcreportProviderDnsCloudflare;
  /**
  * deSEC.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#desec DmarcreportProvider#desec}
  */
  readonly desec?: DmarcreportProviderDnsDesec;
  /**
  * DigitalOcean.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#digitalocean DmarcreportProvider#digitalocean}
  */
  readonly digitalocean?: DmarcreportProviderDnsDigitalocean;
  /**
  * DNSimple.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#dnsimple DmarcreportProvider#dnsimple}
  */
  readonly dnsimple?: DmarcreportProviderDnsDnsimple;
  /**
  * Any other DNS service, through a program of your own that reads a JSON request on standard input and writes a JSON answer on standard output (see the README of `@dmarc-as-code/dns`).
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#exec DmarcreportProvider#exec}
  */
  readonly exec?: DmarcreportProviderDnsExec;
  /**
  * Gandi LiveDNS.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#gandi DmarcreportProvider#gandi}
  */
  readonly gandi?: DmarcreportProviderDnsGandi;
  /**
  * Google Cloud DNS. Default: Google's application default credentials, which are the file `GOOGLE_APPLICATION_CREDENTIALS` names (workload identity federation too), that of `gcloud auth application-default login`, or the metadata server.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#google DmarcreportProvider#google}
  */
  readonly google?: DmarcreportProviderDnsGoogle;
  /**
  * Hetzner, by its Cloud API. Zones that are still in the old DNS Console cannot be reached by it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#hetzner DmarcreportProvider#hetzner}
  */
  readonly hetzner?: DmarcreportProviderDnsHetzner;
  /**
  * The DNS of IONOS Hosting. IONOS Cloud DNS is another service.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#ionos DmarcreportProvider#ionos}
  */
  readonly ionos?: DmarcreportProviderDnsIonos;
  /**
  * The DNS Manager of Linode (Akamai Cloud). Akamai Edge DNS is another service.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#linode DmarcreportProvider#linode}
  */
  readonly linode?: DmarcreportProviderDnsLinode;
  /**
  * IBM NS1 Connect. The zones of Netlify, which NS1 serves too, cannot be reached with its API.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#ns1 DmarcreportProvider#ns1}
  */
  readonly ns1?: DmarcreportProviderDnsNs1;
  /**
  * OVHcloud. Its API keeps changes back until the zone is refreshed: those of one run are published together, and so is what somebody else has left unpublished in the zone. Entries that the panel made with its SPF, DKIM and DMARC forms come back as plain TXT records when a change is undone.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#ovh DmarcreportProvider#ovh}
  */
  readonly ovh?: DmarcreportProviderDnsOvh;
  /**
  * Porkbun. API access has to be switched on for each domain.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#porkbun DmarcreportProvider#porkbun}
  */
  readonly porkbun?: DmarcreportProviderDnsPorkbun;
  /**
  * The API of PowerDNS.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#powerdns DmarcreportProvider#powerdns}
  */
  readonly powerdns?: DmarcreportProviderDnsPowerdns;
  /**
  * Dynamic updates (RFC 2136) with TSIG: BIND, Knot, PowerDNS and others.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#rfc2136 DmarcreportProvider#rfc2136}
  */
  readonly rfc2136?: DmarcreportProviderDnsRfc2136;
  /**
  * Amazon Route 53.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#route53 DmarcreportProvider#route53}
  */
  readonly route53?: DmarcreportProviderDnsRoute53;
  /**
  * Scaleway Domains and DNS.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#scaleway DmarcreportProvider#scaleway}
  */
  readonly scaleway?: DmarcreportProviderDnsScaleway;
}

export function dmarcreportProviderDnsToTerraform(struct?: DmarcreportProviderDns | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    azure: dmarcreportProviderDnsAzureToTerraform(struct!.azure),
    cloudflare: dmarcreportProviderDnsCloudflareToTerraform(struct!.cloudflare),
    desec: dmarcreportProviderDnsDesecToTerraform(struct!.desec),
    digitalocean: dmarcreportProviderDnsDigitaloceanToTerraform(struct!.digitalocean),
    dnsimple: dmarcreportProviderDnsDnsimpleToTerraform(struct!.dnsimple),
    exec: dmarcreportProviderDnsExecToTerraform(struct!.exec),
    gandi: dmarcreportProviderDnsGandiToTerraform(struct!.gandi),
    google: dmarcreportProviderDnsGoogleToTerraform(struct!.google),
    hetzner: dmarcreportProviderDnsHetznerToTerraform(struct!.hetzner),
    ionos: dmarcreportProviderDnsIonosToTerraform(struct!.ionos),
    linode: dmarcreportProviderDnsLinodeToTerraform(struct!.linode),
    ns1: dmarcreportProviderDnsNs1ToTerraform(struct!.ns1),
    ovh: dmarcreportProviderDnsOvhToTerraform(struct!.ovh),
    porkbun: dmarcreportProviderDnsPorkbunToTerraform(struct!.porkbun),
    powerdns: dmarcreportProviderDnsPowerdnsToTerraform(struct!.powerdns),
    rfc2136: dmarcreportProviderDnsRfc2136ToTerraform(struct!.rfc2136),
    route53: dmarcreportProviderDnsRoute53ToTerraform(struct!.route53),
    scaleway: dmarcreportProviderDnsScalewayToTerraform(struct!.scaleway),
  }
}


export function dmarcreportProviderDnsToHclTerraform(struct?: DmarcreportProviderDns | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    azure: {
      value: dmarcreportProviderDnsAzureToHclTerraform(struct!.azure),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsAzure",
    },
    cloudflare: {
      value: dmarcreportProviderDnsCloudflareToHclTerraform(struct!.cloudflare),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsCloudflare",
    },
    desec: {
      value: dmarcreportProviderDnsDesecToHclTerraform(struct!.desec),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsDesec",
    },
    digitalocean: {
      value: dmarcreportProviderDnsDigitaloceanToHclTerraform(struct!.digitalocean),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsDigitalocean",
    },
    dnsimple: {
      value: dmarcreportProviderDnsDnsimpleToHclTerraform(struct!.dnsimple),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsDnsimple",
    },
    exec: {
      value: dmarcreportProviderDnsExecToHclTerraform(struct!.exec),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsExec",
    },
    gandi: {
      value: dmarcreportProviderDnsGandiToHclTerraform(struct!.gandi),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsGandi",
    },
    google: {
      value: dmarcreportProviderDnsGoogleToHclTerraform(struct!.google),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsGoogle",
    },
    hetzner: {
      value: dmarcreportProviderDnsHetznerToHclTerraform(struct!.hetzner),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsHetzner",
    },
    ionos: {
      value: dmarcreportProviderDnsIonosToHclTerraform(struct!.ionos),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsIonos",
    },
    linode: {
      value: dmarcreportProviderDnsLinodeToHclTerraform(struct!.linode),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsLinode",
    },
    ns1: {
      value: dmarcreportProviderDnsNs1ToHclTerraform(struct!.ns1),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsNs1",
    },
    ovh: {
      value: dmarcreportProviderDnsOvhToHclTerraform(struct!.ovh),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsOvh",
    },
    porkbun: {
      value: dmarcreportProviderDnsPorkbunToHclTerraform(struct!.porkbun),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsPorkbun",
    },
    powerdns: {
      value: dmarcreportProviderDnsPowerdnsToHclTerraform(struct!.powerdns),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsPowerdns",
    },
    rfc2136: {
      value: dmarcreportProviderDnsRfc2136ToHclTerraform(struct!.rfc2136),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsRfc2136",
    },
    route53: {
      value: dmarcreportProviderDnsRoute53ToHclTerraform(struct!.route53),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsRoute53",
    },
    scaleway: {
      value: dmarcreportProviderDnsScalewayToHclTerraform(struct!.scaleway),
      isBlock: true,
      type: "struct",
      storageClassType: "DmarcreportProviderDnsScaleway",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}


/**
* Represents a {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs dmarcreport}
*/
export class DmarcreportProvider extends cdktf.TerraformProvider {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "dmarcreport";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DmarcreportProvider resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DmarcreportProvider to import
  * @param importFromId The id of the existing DmarcreportProvider that should be imported. Refer to the {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DmarcreportProvider to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "dmarcreport", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs dmarcreport} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DmarcreportProviderConfig = {}
  */
  public constructor(scope: Construct, id: string, config: DmarcreportProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'dmarcreport',
      terraformGeneratorMetadata: {
        providerName: 'dmarcreport',
        providerVersion: '~> 0.1'
      },
      terraformProviderSource: 'registry.terraform.io/dmarc-as-code/dmarcreport'
    });
    this._account = config.account;
    this._dns = config.dns;
    this._endpoint = config.endpoint;
    this._label = config.label;
    this._maxRetries = config.maxRetries;
    this._requestTimeout = config.requestTimeout;
    this._token = config.token;
    this._alias = config.alias;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // account - computed: false, optional: true, required: false
  private _account?: string; 
  public get account() {
    return this._account;
  }
  public set account(value: string | undefined) {
    this._account = value;
  }
  public resetAccount() {
    this._account = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accountInput() {
    return this._account;
  }

  // dns - computed: false, optional: true, required: false
  private _dns?: DmarcreportProviderDns; 
  public get dns() {
    return this._dns;
  }
  public set dns(value: DmarcreportProviderDns | undefined) {
    this._dns = value;
  }
  public resetDns() {
    this._dns = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get dnsInput() {
    return this._dns;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this._endpoint;
  }
  public set endpoint(value: string | undefined) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // label - computed: false, optional: true, required: false
  private _label?: string; 
  public get label() {
    return this._label;
  }
  public set label(value: string | undefined) {
    this._label = value;
  }
  public resetLabel() {
    this._label = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get labelInput() {
    return this._label;
  }

  // max_retries - computed: false, optional: true, required: false
  private _maxRetries?: number; 
  public get maxRetries() {
    return this._maxRetries;
  }
  public set maxRetries(value: number | undefined) {
    this._maxRetries = value;
  }
  public resetMaxRetries() {
    this._maxRetries = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxRetriesInput() {
    return this._maxRetries;
  }

  // request_timeout - computed: false, optional: true, required: false
  private _requestTimeout?: number; 
  public get requestTimeout() {
    return this._requestTimeout;
  }
  public set requestTimeout(value: number | undefined) {
    this._requestTimeout = value;
  }
  public resetRequestTimeout() {
    this._requestTimeout = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get requestTimeoutInput() {
    return this._requestTimeout;
  }

  // token - computed: false, optional: true, required: false
  private _token?: string; 
  public get token() {
    return this._token;
  }
  public set token(value: string | undefined) {
    this._token = value;
  }
  public resetToken() {
    this._token = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenInput() {
    return this._token;
  }

  // alias - computed: false, optional: true, required: false
  private _alias?: string; 
  public get alias() {
    return this._alias;
  }
  public set alias(value: string | undefined) {
    this._alias = value;
  }
  public resetAlias() {
    this._alias = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get aliasInput() {
    return this._alias;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      account: cdktf.stringToTerraform(this._account),
      dns: dmarcreportProviderDnsToTerraform(this._dns),
      endpoint: cdktf.stringToTerraform(this._endpoint),
      label: cdktf.stringToTerraform(this._label),
      max_retries: cdktf.numberToTerraform(this._maxRetries),
      request_timeout: cdktf.numberToTerraform(this._requestTimeout),
      token: cdktf.stringToTerraform(this._token),
      alias: cdktf.stringToTerraform(this._alias),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      account: {
        value: cdktf.stringToHclTerraform(this._account),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      dns: {
        value: dmarcreportProviderDnsToHclTerraform(this._dns),
        isBlock: true,
        type: "struct",
        storageClassType: "DmarcreportProviderDns",
      },
      endpoint: {
        value: cdktf.stringToHclTerraform(this._endpoint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      label: {
        value: cdktf.stringToHclTerraform(this._label),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      max_retries: {
        value: cdktf.numberToHclTerraform(this._maxRetries),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      request_timeout: {
        value: cdktf.numberToHclTerraform(this._requestTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      token: {
        value: cdktf.stringToHclTerraform(this._token),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      alias: {
        value: cdktf.stringToHclTerraform(this._alias),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
