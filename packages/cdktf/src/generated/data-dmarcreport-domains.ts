// https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domains
// Generated from the provider's schema by `npm run generate`.
// @ts-nocheck

import type { Construct } from 'constructs'
import * as cdktf from '../framework.ts'

// Configuration

export interface DataDmarcreportDomainsConfig extends cdktf.TerraformMetaArguments {
  /**
  * Return only domains of this account: ID, slug or title. Default: the account of the provider, otherwise all accounts.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domains#account_id DataDmarcreportDomains#account_id}
  */
  readonly accountId?: string;
  /**
  * Return only domains with (`true`) or without (`false`) hosted services.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domains#hosted DataDmarcreportDomains#hosted}
  */
  readonly hosted?: boolean | cdktf.IResolvable;
  /**
  * Return only domains that are parked (`true`) or not parked (`false`).
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domains#parked DataDmarcreportDomains#parked}
  */
  readonly parked?: boolean | cdktf.IResolvable;
  /**
  * Return only domains with this tag.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domains#tag DataDmarcreportDomains#tag}
  */
  readonly tag?: string;
}
export interface DataDmarcreportDomainsDomainsCnames {
}

export function dataDmarcreportDomainsDomainsCnamesToTerraform(struct?: DataDmarcreportDomainsDomainsCnames): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataDmarcreportDomainsDomainsCnamesToHclTerraform(struct?: DataDmarcreportDomainsDomainsCnames): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataDmarcreportDomainsDomainsCnamesOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectKey the key of this item in the map
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectKey: string) {
    super(terraformResource, terraformAttribute, false, complexObjectKey);
  }

  public get internalValue(): DataDmarcreportDomainsDomainsCnames | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataDmarcreportDomainsDomainsCnames | undefined) {
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

export class DataDmarcreportDomainsDomainsCnamesMap extends cdktf.ComplexMap {

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
  public get(key: string): DataDmarcreportDomainsDomainsCnamesOutputReference {
    return new DataDmarcreportDomainsDomainsCnamesOutputReference(this.terraformResource, this.terraformAttribute, `"${key}"`);
  }
}
export interface DataDmarcreportDomainsDomains {
}

export function dataDmarcreportDomainsDomainsToTerraform(struct?: DataDmarcreportDomainsDomains): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataDmarcreportDomainsDomainsToHclTerraform(struct?: DataDmarcreportDomainsDomains): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataDmarcreportDomainsDomainsOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): DataDmarcreportDomainsDomains | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataDmarcreportDomainsDomains | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // account_id - computed: true, optional: false, required: false
  public get accountId() {
    return this.getStringAttribute('account_id');
  }

  // address - computed: true, optional: false, required: false
  public get address() {
    return this.getStringAttribute('address');
  }

  // cnames - computed: true, optional: false, required: false
  private _cnames = new DataDmarcreportDomainsDomainsCnamesMap(this, "cnames");
  public get cnames() {
    return this._cnames;
  }

  // dmarc_status - computed: true, optional: false, required: false
  public get dmarcStatus() {
    return this.getStringAttribute('dmarc_status');
  }

  // hosted_dmarc - computed: true, optional: false, required: false
  public get hostedDmarc() {
    return this.getBooleanAttribute('hosted_dmarc');
  }

  // hosted_mta_sts - computed: true, optional: false, required: false
  public get hostedMtaSts() {
    return this.getBooleanAttribute('hosted_mta_sts');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // mta_sts_status - computed: true, optional: false, required: false
  public get mtaStsStatus() {
    return this.getStringAttribute('mta_sts_status');
  }

  // parked - computed: true, optional: false, required: false
  public get parked() {
    return this.getBooleanAttribute('parked');
  }

  // slug - computed: true, optional: false, required: false
  public get slug() {
    return this.getStringAttribute('slug');
  }

  // tags - computed: true, optional: false, required: false
  public get tags() {
    return cdktf.Fn.tolist(this.getListAttribute('tags'));
  }
}

export class DataDmarcreportDomainsDomainsList extends cdktf.ComplexList {

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
  public get(index: number): DataDmarcreportDomainsDomainsOutputReference {
    return new DataDmarcreportDomainsDomainsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domains dmarcreport_domains}
*/
export class DataDmarcreportDomains extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "dmarcreport_domains";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataDmarcreportDomains resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataDmarcreportDomains to import
  * @param importFromId The id of the existing DataDmarcreportDomains that should be imported. Refer to the {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domains#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataDmarcreportDomains to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "dmarcreport_domains", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/domains dmarcreport_domains} Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataDmarcreportDomainsConfig = {}
  */
  public constructor(scope: Construct, id: string, config: DataDmarcreportDomainsConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'dmarcreport_domains',
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
    this._hosted = config.hosted;
    this._parked = config.parked;
    this._tag = config.tag;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // account_id - computed: false, optional: true, required: false
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

  // addresses - computed: true, optional: false, required: false
  public get addresses() {
    return this.getListAttribute('addresses');
  }

  // domains - computed: true, optional: false, required: false
  private _domains = new DataDmarcreportDomainsDomainsList(this, "domains", false);
  public get domains() {
    return this._domains;
  }

  // hosted - computed: false, optional: true, required: false
  private _hosted?: boolean | cdktf.IResolvable; 
  public get hosted() {
    return this.getBooleanAttribute('hosted');
  }
  public set hosted(value: boolean | cdktf.IResolvable) {
    this._hosted = value;
  }
  public resetHosted() {
    this._hosted = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostedInput() {
    return this._hosted;
  }

  // parked - computed: false, optional: true, required: false
  private _parked?: boolean | cdktf.IResolvable; 
  public get parked() {
    return this.getBooleanAttribute('parked');
  }
  public set parked(value: boolean | cdktf.IResolvable) {
    this._parked = value;
  }
  public resetParked() {
    this._parked = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get parkedInput() {
    return this._parked;
  }

  // tag - computed: false, optional: true, required: false
  private _tag?: string; 
  public get tag() {
    return this.getStringAttribute('tag');
  }
  public set tag(value: string) {
    this._tag = value;
  }
  public resetTag() {
    this._tag = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tagInput() {
    return this._tag;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      account_id: cdktf.stringToTerraform(this._accountId),
      hosted: cdktf.booleanToTerraform(this._hosted),
      parked: cdktf.booleanToTerraform(this._parked),
      tag: cdktf.stringToTerraform(this._tag),
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
      hosted: {
        value: cdktf.booleanToHclTerraform(this._hosted),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      parked: {
        value: cdktf.booleanToHclTerraform(this._parked),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      tag: {
        value: cdktf.stringToHclTerraform(this._tag),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
