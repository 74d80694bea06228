// https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domain
// Generated from the provider's schema by `npm run generate`.
// @ts-nocheck

import type { Construct } from 'constructs'
import * as cdktf from '../framework.ts'

// Configuration

export interface DataDmarcreportDomainConfig extends cdktf.TerraformMetaArguments {
  /**
  * Account to search: ID, slug or title. Default: the account of the provider, otherwise all accounts.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domain#account_id DataDmarcreportDomain#account_id}
  */
  readonly accountId?: string;
  /**
  * Domain name.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domain#address DataDmarcreportDomain#address}
  */
  readonly address?: string;
  /**
  * Numeric ID of the domain. Set exactly one of `id`, `slug` and `address`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domain#id DataDmarcreportDomain#id}
  *
  * Please be aware that the id field is automatically added to all resources in Terraform providers using a Terraform provider SDK version below 2.
  * If you experience problems setting this value it might not be settable. Please take a look at the provider documentation to ensure it should be settable.
  */
  readonly id?: string;
  /**
  * Slug, which can be used instead of the ID.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domain#slug DataDmarcreportDomain#slug}
  */
  readonly slug?: string;
}
export interface DataDmarcreportDomainCnames {
}

export function dataDmarcreportDomainCnamesToTerraform(struct?: DataDmarcreportDomainCnames): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataDmarcreportDomainCnamesToHclTerraform(struct?: DataDmarcreportDomainCnames): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataDmarcreportDomainCnamesOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectKey the key of this item in the map
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectKey: string) {
    super(terraformResource, terraformAttribute, false, complexObjectKey);
  }

  public get internalValue(): DataDmarcreportDomainCnames | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataDmarcreportDomainCnames | undefined) {
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

  // type - computed: true, optional: false, required: false
  public get type() {
    return this.getStringAttribute('type');
  }

  // value - computed: true, optional: false, required: false
  public get value() {
    return this.getStringAttribute('value');
  }
}

export class DataDmarcreportDomainCnamesMap extends cdktf.ComplexMap {

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
  public get(key: string): DataDmarcreportDomainCnamesOutputReference {
    return new DataDmarcreportDomainCnamesOutputReference(this.terraformResource, this.terraformAttribute, `"${key}"`);
  }
}
export interface DataDmarcreportDomainHostedDmarc {
}

export function dataDmarcreportDomainHostedDmarcToTerraform(struct?: DataDmarcreportDomainHostedDmarc): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataDmarcreportDomainHostedDmarcToHclTerraform(struct?: DataDmarcreportDomainHostedDmarc): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataDmarcreportDomainHostedDmarcOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DataDmarcreportDomainHostedDmarc | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataDmarcreportDomainHostedDmarc | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // dkim_alignment - computed: true, optional: false, required: false
  public get dkimAlignment() {
    return this.getStringAttribute('dkim_alignment');
  }

  // extra_rua - computed: true, optional: false, required: false
  public get extraRua() {
    return this.getListAttribute('extra_rua');
  }

  // extra_ruf - computed: true, optional: false, required: false
  public get extraRuf() {
    return this.getListAttribute('extra_ruf');
  }

  // failure_options - computed: true, optional: false, required: false
  public get failureOptions() {
    return this.getStringAttribute('failure_options');
  }

  // nonexistent_subdomain_policy - computed: true, optional: false, required: false
  public get nonexistentSubdomainPolicy() {
    return this.getStringAttribute('nonexistent_subdomain_policy');
  }

  // policy - computed: true, optional: false, required: false
  public get policy() {
    return this.getStringAttribute('policy');
  }

  // published_record - computed: true, optional: false, required: false
  public get publishedRecord() {
    return this.getStringAttribute('published_record');
  }

  // spf_alignment - computed: true, optional: false, required: false
  public get spfAlignment() {
    return this.getStringAttribute('spf_alignment');
  }

  // subdomain_policy - computed: true, optional: false, required: false
  public get subdomainPolicy() {
    return this.getStringAttribute('subdomain_policy');
  }

  // test_mode - computed: true, optional: false, required: false
  public get testMode() {
    return this.getBooleanAttribute('test_mode');
  }
}
export interface DataDmarcreportDomainHostedMtaSts {
}

export function dataDmarcreportDomainHostedMtaStsToTerraform(struct?: DataDmarcreportDomainHostedMtaSts): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataDmarcreportDomainHostedMtaStsToHclTerraform(struct?: DataDmarcreportDomainHostedMtaSts): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataDmarcreportDomainHostedMtaStsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DataDmarcreportDomainHostedMtaSts | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataDmarcreportDomainHostedMtaSts | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // max_age_days - computed: true, optional: false, required: false
  public get maxAgeDays() {
    return this.getNumberAttribute('max_age_days');
  }

  // mode - computed: true, optional: false, required: false
  public get mode() {
    return this.getStringAttribute('mode');
  }

  // mx - computed: true, optional: false, required: false
  public get mx() {
    return this.getListAttribute('mx');
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domain dmarcreport_domain}
*/
export class DataDmarcreportDomain extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "dmarcreport_domain";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataDmarcreportDomain resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataDmarcreportDomain to import
  * @param importFromId The id of the existing DataDmarcreportDomain that should be imported. Refer to the {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domain#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataDmarcreportDomain to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "dmarcreport_domain", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domain dmarcreport_domain} Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataDmarcreportDomainConfig = {}
  */
  public constructor(scope: Construct, id: string, config: DataDmarcreportDomainConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'dmarcreport_domain',
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
    this._accountId = config.accountId;
    this._address = config.address;
    this._id = config.id;
    this._slug = config.slug;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // account_id - computed: true, optional: true, required: false
  private _accountId?: string; 
  public get accountId() {
    return this.getStringAttribute('account_id');
  }
  public set accountId(value: string) {
    this._accountId = value;
  }
  public resetAccountId() {
    this._accountId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accountIdInput() {
    return this._accountId;
  }

  // address - computed: true, optional: true, required: false
  private _address?: string; 
  public get address() {
    return this.getStringAttribute('address');
  }
  public set address(value: string) {
    this._address = value;
  }
  public resetAddress() {
    this._address = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get addressInput() {
    return this._address;
  }

  // cnames - computed: true, optional: false, required: false
  private _cnames = new DataDmarcreportDomainCnamesMap(this, "cnames");
  public get cnames() {
    return this._cnames;
  }

  // default_dmarc_record - computed: true, optional: false, required: false
  public get defaultDmarcRecord() {
    return this.getStringAttribute('default_dmarc_record');
  }

  // dmarc_status - computed: true, optional: false, required: false
  public get dmarcStatus() {
    return this.getStringAttribute('dmarc_status');
  }

  // hosted_dmarc - computed: true, optional: false, required: false
  private _hostedDmarc = new DataDmarcreportDomainHostedDmarcOutputReference(this, "hosted_dmarc");
  public get hostedDmarc() {
    return this._hostedDmarc;
  }

  // hosted_mta_sts - computed: true, optional: false, required: false
  private _hostedMtaSts = new DataDmarcreportDomainHostedMtaStsOutputReference(this, "hosted_mta_sts");
  public get hostedMtaSts() {
    return this._hostedMtaSts;
  }

  // id - computed: true, optional: true, required: false
  private _id?: string; 
  public get id() {
    return this.getStringAttribute('id');
  }
  public set id(value: string) {
    this._id = value;
  }
  public resetId() {
    this._id = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get idInput() {
    return this._id;
  }

  // mta_sts_report - computed: true, optional: false, required: false
  public get mtaStsReport() {
    return this.getBooleanAttribute('mta_sts_report');
  }

  // mta_sts_status - computed: true, optional: false, required: false
  public get mtaStsStatus() {
    return this.getStringAttribute('mta_sts_status');
  }

  // parked - computed: true, optional: false, required: false
  public get parked() {
    return this.getBooleanAttribute('parked');
  }

  // parked_domain_credits - computed: true, optional: false, required: false
  public get parkedDomainCredits() {
    return this.getNumberAttribute('parked_domain_credits');
  }

  // rua_report - computed: true, optional: false, required: false
  public get ruaReport() {
    return this.getBooleanAttribute('rua_report');
  }

  // ruf_report - computed: true, optional: false, required: false
  public get rufReport() {
    return this.getBooleanAttribute('ruf_report');
  }

  // slug - computed: true, optional: true, required: false
  private _slug?: string; 
  public get slug() {
    return this.getStringAttribute('slug');
  }
  public set slug(value: string) {
    this._slug = value;
  }
  public resetSlug() {
    this._slug = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get slugInput() {
    return this._slug;
  }

  // tags - computed: true, optional: false, required: false
  public get tags() {
    return cdktf.Fn.tolist(this.getListAttribute('tags'));
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      account_id: cdktf.stringToTerraform(this._accountId),
      address: cdktf.stringToTerraform(this._address),
      id: cdktf.stringToTerraform(this._id),
      slug: cdktf.stringToTerraform(this._slug),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      account_id: {
        value: cdktf.stringToHclTerraform(this._accountId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      address: {
        value: cdktf.stringToHclTerraform(this._address),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      id: {
        value: cdktf.stringToHclTerraform(this._id),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      slug: {
        value: cdktf.stringToHclTerraform(this._slug),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
