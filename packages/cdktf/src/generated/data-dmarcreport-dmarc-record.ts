// https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record
// Generated from the provider's schema by `npm run generate`.
// @ts-nocheck

import type { Construct } from 'constructs'
import * as cdktf from '../framework.ts'

// Configuration

export interface DataDmarcreportDmarcRecordConfig extends cdktf.TerraformMetaArguments {
  /**
  * Account of the domain: ID, slug or title. Default: the account of the provider.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#account_id DataDmarcreportDmarcRecord#account_id}
  */
  readonly accountId?: string;
  /**
  * DKIM alignment (`adkim`): `relaxed` or `strict`. Default: `relaxed`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#dkim_alignment DataDmarcreportDmarcRecord#dkim_alignment}
  */
  readonly dkimAlignment?: string;
  /**
  * ID, slug or address of the domain.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#domain_id DataDmarcreportDmarcRecord#domain_id}
  */
  readonly domainId: string;
  /**
  * Additional recipients of aggregate reports, as email addresses or `mailto:` URIs. The service's own addresses are always included.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#extra_rua DataDmarcreportDmarcRecord#extra_rua}
  */
  readonly extraRua?: string[];
  /**
  * Additional recipients of failure reports, as email addresses or `mailto:` URIs. The service's own addresses are always included.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#extra_ruf DataDmarcreportDmarcRecord#extra_ruf}
  */
  readonly extraRuf?: string[];
  /**
  * When receivers send failure reports (`fo`): `0`, `1`, `d`, `s`, or several separated by colons. Default: omitted, which means `0`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#failure_options DataDmarcreportDmarcRecord#failure_options}
  */
  readonly failureOptions?: string;
  /**
  * Policy for subdomains that do not exist (`np`). Default: `subdomain_policy`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#nonexistent_subdomain_policy DataDmarcreportDmarcRecord#nonexistent_subdomain_policy}
  */
  readonly nonexistentSubdomainPolicy?: string;
  /**
  * What receivers do with mail that fails DMARC (`p`): `none`, `quarantine` or `reject`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#policy DataDmarcreportDmarcRecord#policy}
  */
  readonly policy: string;
  /**
  * SPF alignment (`aspf`): `relaxed` or `strict`. Default: `relaxed`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#spf_alignment DataDmarcreportDmarcRecord#spf_alignment}
  */
  readonly spfAlignment?: string;
  /**
  * Policy for subdomains (`sp`). Default: `policy`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#subdomain_policy DataDmarcreportDmarcRecord#subdomain_policy}
  */
  readonly subdomainPolicy?: string;
  /**
  * Whether receivers apply the next weaker policy (`t=y`). Default: `false`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#test_mode DataDmarcreportDmarcRecord#test_mode}
  */
  readonly testMode?: boolean | cdktf.IResolvable;
}

/**
* Represents a {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record dmarcreport_dmarc_record}
*/
export class DataDmarcreportDmarcRecord extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "dmarcreport_dmarc_record";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataDmarcreportDmarcRecord resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataDmarcreportDmarcRecord to import
  * @param importFromId The id of the existing DataDmarcreportDmarcRecord that should be imported. Refer to the {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataDmarcreportDmarcRecord to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "dmarcreport_dmarc_record", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_record dmarcreport_dmarc_record} Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataDmarcreportDmarcRecordConfig
  */
  public constructor(scope: Construct, id: string, config: DataDmarcreportDmarcRecordConfig) {
    super(scope, id, {
      terraformResourceType: 'dmarcreport_dmarc_record',
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
    this._dkimAlignment = config.dkimAlignment;
    this._domainId = config.domainId;
    this._extraRua = config.extraRua;
    this._extraRuf = config.extraRuf;
    this._failureOptions = config.failureOptions;
    this._nonexistentSubdomainPolicy = config.nonexistentSubdomainPolicy;
    this._policy = config.policy;
    this._spfAlignment = config.spfAlignment;
    this._subdomainPolicy = config.subdomainPolicy;
    this._testMode = config.testMode;
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

  // dkim_alignment - computed: false, optional: true, required: false
  private _dkimAlignment?: string; 
  public get dkimAlignment() {
    return this.getStringAttribute('dkim_alignment');
  }
  public set dkimAlignment(value: string) {
    this._dkimAlignment = value;
  }
  public resetDkimAlignment() {
    this._dkimAlignment = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get dkimAlignmentInput() {
    return this._dkimAlignment;
  }

  // domain_id - computed: false, optional: false, required: true
  private _domainId?: string; 
  public get domainId() {
    return this.getStringAttribute('domain_id');
  }
  public set domainId(value: string) {
    this._domainId = value;
  }
  // Temporarily expose input value. Use with caution.
  public get domainIdInput() {
    return this._domainId;
  }

  // extra_rua - computed: false, optional: true, required: false
  private _extraRua?: string[]; 
  public get extraRua() {
    return this.getListAttribute('extra_rua');
  }
  public set extraRua(value: string[]) {
    this._extraRua = value;
  }
  public resetExtraRua() {
    this._extraRua = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get extraRuaInput() {
    return this._extraRua;
  }

  // extra_ruf - computed: false, optional: true, required: false
  private _extraRuf?: string[]; 
  public get extraRuf() {
    return this.getListAttribute('extra_ruf');
  }
  public set extraRuf(value: string[]) {
    this._extraRuf = value;
  }
  public resetExtraRuf() {
    this._extraRuf = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get extraRufInput() {
    return this._extraRuf;
  }

  // failure_options - computed: false, optional: true, required: false
  private _failureOptions?: string; 
  public get failureOptions() {
    return this.getStringAttribute('failure_options');
  }
  public set failureOptions(value: string) {
    this._failureOptions = value;
  }
  public resetFailureOptions() {
    this._failureOptions = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get failureOptionsInput() {
    return this._failureOptions;
  }

  // length - computed: true, optional: false, required: false
  public get length() {
    return this.getNumberAttribute('length');
  }

  // max_length - computed: true, optional: false, required: false
  public get maxLength() {
    return this.getNumberAttribute('max_length');
  }

  // nonexistent_subdomain_policy - computed: false, optional: true, required: false
  private _nonexistentSubdomainPolicy?: string; 
  public get nonexistentSubdomainPolicy() {
    return this.getStringAttribute('nonexistent_subdomain_policy');
  }
  public set nonexistentSubdomainPolicy(value: string) {
    this._nonexistentSubdomainPolicy = value;
  }
  public resetNonexistentSubdomainPolicy() {
    this._nonexistentSubdomainPolicy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get nonexistentSubdomainPolicyInput() {
    return this._nonexistentSubdomainPolicy;
  }

  // policy - computed: false, optional: false, required: true
  private _policy?: string; 
  public get policy() {
    return this.getStringAttribute('policy');
  }
  public set policy(value: string) {
    this._policy = value;
  }
  // Temporarily expose input value. Use with caution.
  public get policyInput() {
    return this._policy;
  }

  // record - computed: true, optional: false, required: false
  public get record() {
    return this.getStringAttribute('record');
  }

  // spf_alignment - computed: false, optional: true, required: false
  private _spfAlignment?: string; 
  public get spfAlignment() {
    return this.getStringAttribute('spf_alignment');
  }
  public set spfAlignment(value: string) {
    this._spfAlignment = value;
  }
  public resetSpfAlignment() {
    this._spfAlignment = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get spfAlignmentInput() {
    return this._spfAlignment;
  }

  // subdomain_policy - computed: false, optional: true, required: false
  private _subdomainPolicy?: string; 
  public get subdomainPolicy() {
    return this.getStringAttribute('subdomain_policy');
  }
  public set subdomainPolicy(value: string) {
    this._subdomainPolicy = value;
  }
  public resetSubdomainPolicy() {
    this._subdomainPolicy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get subdomainPolicyInput() {
    return this._subdomainPolicy;
  }

  // test_mode - computed: false, optional: true, required: false
  private _testMode?: boolean | cdktf.IResolvable; 
  public get testMode() {
    return this.getBooleanAttribute('test_mode');
  }
  public set testMode(value: boolean | cdktf.IResolvable) {
    this._testMode = value;
  }
  public resetTestMode() {
    this._testMode = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get testModeInput() {
    return this._testMode;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      account_id: cdktf.stringToTerraform(this._accountId),
      dkim_alignment: cdktf.stringToTerraform(this._dkimAlignment),
      domain_id: cdktf.stringToTerraform(this._domainId),
      extra_rua: cdktf.listMapper(cdktf.stringToTerraform, false)(this._extraRua),
      extra_ruf: cdktf.listMapper(cdktf.stringToTerraform, false)(this._extraRuf),
      failure_options: cdktf.stringToTerraform(this._failureOptions),
      nonexistent_subdomain_policy: cdktf.stringToTerraform(this._nonexistentSubdomainPolicy),
      policy: cdktf.stringToTerraform(this._policy),
      spf_alignment: cdktf.stringToTerraform(this._spfAlignment),
      subdomain_policy: cdktf.stringToTerraform(this._subdomainPolicy),
      test_mode: cdktf.booleanToTerraform(this._testMode),
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
      dkim_alignment: {
        value: cdktf.stringToHclTerraform(this._dkimAlignment),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      domain_id: {
        value: cdktf.stringToHclTerraform(this._domainId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      extra_rua: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._extraRua),
        isBlock: false,
        type: "list",
        storageClassType: "stringList",
      },
      extra_ruf: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._extraRuf),
        isBlock: false,
        type: "list",
        storageClassType: "stringList",
      },
      failure_options: {
        value: cdktf.stringToHclTerraform(this._failureOptions),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      nonexistent_subdomain_policy: {
        value: cdktf.stringToHclTerraform(this._nonexistentSubdomainPolicy),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      policy: {
        value: cdktf.stringToHclTerraform(this._policy),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      spf_alignment: {
        value: cdktf.stringToHclTerraform(this._spfAlignment),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      subdomain_policy: {
        value: cdktf.stringToHclTerraform(this._subdomainPolicy),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      test_mode: {
        value: cdktf.booleanToHclTerraform(this._testMode),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
