// https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dns_lookup
// Generated from the provider's schema by `npm run generate`.
// @ts-nocheck

import type { Construct } from 'constructs'
import * as cdktf from '../framework.ts'

// Configuration

export interface DataDmarcreportDnsLookupConfig extends cdktf.TerraformMetaArguments {
  /**
  * DMARC record or MTA-STS policy file that the CNAME will lead to, to compute the effect on mail. Default: what `target` serves now.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dns_lookup#expected DataDmarcreportDnsLookup#expected}
  */
  readonly expected?: string;
  /**
  * Fully qualified name of a record, such as `_dmarc.example.com`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dns_lookup#name DataDmarcreportDnsLookup#name}
  */
  readonly name: string;
  /**
  * Target of the CNAME to be created. Omit it if it is known only after apply; otherwise Terraform reads the data source only then.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dns_lookup#target DataDmarcreportDnsLookup#target}
  */
  readonly target?: string;
}
export interface DataDmarcreportDnsLookupFound {
}

export function dataDmarcreportDnsLookupFoundToTerraform(struct?: DataDmarcreportDnsLookupFound): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataDmarcreportDnsLookupFoundToHclTerraform(struct?: DataDmarcreportDnsLookupFound): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataDmarcreportDnsLookupFoundOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): DataDmarcreportDnsLookupFound | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataDmarcreportDnsLookupFound | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
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

export class DataDmarcreportDnsLookupFoundList extends cdktf.ComplexList {

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
  public get(index: number): DataDmarcreportDnsLookupFoundOutputReference {
    return new DataDmarcreportDnsLookupFoundOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dns_lookup dmarcreport_dns_lookup}
*/
export class DataDmarcreportDnsLookup extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "dmarcreport_dns_lookup";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataDmarcreportDnsLookup resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataDmarcreportDnsLookup to import
  * @param importFromId The id of the existing DataDmarcreportDnsLookup that should be imported. Refer to the {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dns_lookup#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataDmarcreportDnsLookup to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "dmarcreport_dns_lookup", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dns_lookup dmarcreport_dns_lookup} Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataDmarcreportDnsLookupConfig
  */
  public constructor(scope: Construct, id: string, config: DataDmarcreportDnsLookupConfig) {
    super(scope, id, {
      terraformResourceType: 'dmarcreport_dns_lookup',
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
    this._expected = config.expected;
    this._name = config.name;
    this._target = config.target;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // can_create - computed: true, optional: false, required: false
  public get canCreate() {
    return this.getBooleanAttribute('can_create');
  }

  // cname - computed: true, optional: false, required: false
  public get cname() {
    return this.getStringAttribute('cname');
  }

  // effect - computed: true, optional: false, required: false
  public get effect() {
    return this.getStringAttribute('effect');
  }

  // effect_messages - computed: true, optional: false, required: false
  public get effectMessages() {
    return this.getListAttribute('effect_messages');
  }

  // expected - computed: false, optional: true, required: false
  private _expected?: string; 
  public get expected() {
    return this.getStringAttribute('expected');
  }
  public set expected(value: string) {
    this._expected = value;
  }
  public resetExpected() {
    this._expected = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get expectedInput() {
    return this._expected;
  }

  // found - computed: true, optional: false, required: false
  private _found = new DataDmarcreportDnsLookupFoundList(this, "found", false);
  public get found() {
    return this._found;
  }

  // in_force - computed: true, optional: false, required: false
  public get inForce() {
    return this.getStringAttribute('in_force');
  }

  // in_force_source - computed: true, optional: false, required: false
  public get inForceSource() {
    return this.getStringAttribute('in_force_source');
  }

  // message - computed: true, optional: false, required: false
  public get message() {
    return this.getStringAttribute('message');
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

  // name_servers - computed: true, optional: false, required: false
  public get nameServers() {
    return this.getListAttribute('name_servers');
  }

  // needs_consent - computed: true, optional: false, required: false
  public get needsConsent() {
    return this.getBooleanAttribute('needs_consent');
  }

  // reason - computed: true, optional: false, required: false
  public get reason() {
    return this.getStringAttribute('reason');
  }

  // status - computed: true, optional: false, required: false
  public get status() {
    return this.getStringAttribute('status');
  }

  // target - computed: false, optional: true, required: false
  private _target?: string; 
  public get target() {
    return this.getStringAttribute('target');
  }
  public set target(value: string) {
    this._target = value;
  }
  public resetTarget() {
    this._target = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get targetInput() {
    return this._target;
  }

  // zone - computed: true, optional: false, required: false
  public get zone() {
    return this.getStringAttribute('zone');
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      expected: cdktf.stringToTerraform(this._expected),
      name: cdktf.stringToTerraform(this._name),
      target: cdktf.stringToTerraform(this._target),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      expected: {
        value: cdktf.stringToHclTerraform(this._expected),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      target: {
        value: cdktf.stringToHclTerraform(this._target),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
