// https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_evidence
// Generated from the provider's schema by `npm run generate`.
// @ts-nocheck

import type { Construct } from 'constructs'
import * as cdktf from '../framework.ts'

// Configuration

export interface DataDmarcreportDmarcEvidenceConfig extends cdktf.TerraformMetaArguments {
  /**
  * Account of the domain: ID, slug or title. Default: the account of the provider.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_evidence#account_id DataDmarcreportDmarcEvidence#account_id}
  */
  readonly accountId?: string;
  /**
  * ID, slug or address of the domain.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_evidence#domain_id DataDmarcreportDmarcEvidence#domain_id}
  */
  readonly domainId: string;
  /**
  * Level to tighten the policy to: `quarantine` or `reject` (DMARC), or `mta_sts_enforce` (MTA-STS mode `enforce`).
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_evidence#target DataDmarcreportDmarcEvidence#target}
  */
  readonly target: string;
}
export interface DataDmarcreportDmarcEvidenceBlockers {
}

export function dataDmarcreportDmarcEvidenceBlockersToTerraform(struct?: DataDmarcreportDmarcEvidenceBlockers): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataDmarcreportDmarcEvidenceBlockersToHclTerraform(struct?: DataDmarcreportDmarcEvidenceBlockers): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataDmarcreportDmarcEvidenceBlockersOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): DataDmarcreportDmarcEvidenceBlockers | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataDmarcreportDmarcEvidenceBlockers | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // about - computed: true, optional: false, required: false
  public get about() {
    return this.getListAttribute('about');
  }

  // code - computed: true, optional: false, required: false
  public get code() {
    return this.getStringAttribute('code');
  }

  // expected - computed: true, optional: false, required: false
  public get expected() {
    return this.getStringAttribute('expected');
  }

  // fix - computed: true, optional: false, required: false
  public get fix() {
    return this.getStringAttribute('fix');
  }

  // found - computed: true, optional: false, required: false
  public get found() {
    return this.getStringAttribute('found');
  }
}

export class DataDmarcreportDmarcEvidenceBlockersList extends cdktf.ComplexList {

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
  public get(index: number): DataDmarcreportDmarcEvidenceBlockersOutputReference {
    return new DataDmarcreportDmarcEvidenceBlockersOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface DataDmarcreportDmarcEvidenceDmarcCandidates {
}

export function dataDmarcreportDmarcEvidenceDmarcCandidatesToTerraform(struct?: DataDmarcreportDmarcEvidenceDmarcCandidates): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataDmarcreportDmarcEvidenceDmarcCandidatesToHclTerraform(struct?: DataDmarcreportDmarcEvidenceDmarcCandidates): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataDmarcreportDmarcEvidenceDmarcCandidatesOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): DataDmarcreportDmarcEvidenceDmarcCandidates | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataDmarcreportDmarcEvidenceDmarcCandidates | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // messages - computed: true, optional: false, required: false
  public get messages() {
    return this.getNumberAttribute('messages');
  }

  // name - computed: true, optional: false, required: false
  public get name() {
    return this.getStringAttribute('name');
  }
}

export class DataDmarcreportDmarcEvidenceDmarcCandidatesList extends cdktf.ComplexList {

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
  public get(index: number): DataDmarcreportDmarcEvidenceDmarcCandidatesOutputReference {
    return new DataDmarcreportDmarcEvidenceDmarcCandidatesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface DataDmarcreportDmarcEvidenceDmarc {
}

export function dataDmarcreportDmarcEvidenceDmarcToTerraform(struct?: DataDmarcreportDmarcEvidenceDmarc): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataDmarcreportDmarcEvidenceDmarcToHclTerraform(struct?: DataDmarcreportDmarcEvidenceDmarc): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataDmarcreportDmarcEvidenceDmarcOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DataDmarcreportDmarcEvidenceDmarc | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataDmarcreportDmarcEvidenceDmarc | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // candidates - computed: true, optional: false, required: false
  private _candidates = new DataDmarcreportDmarcEvidenceDmarcCandidatesList(this, "candidates", false);
  public get candidates() {
    return this._candidates;
  }

  // days_at_none - computed: true, optional: false, required: false
  public get daysAtNone() {
    return this.getNumberAttribute('days_at_none');
  }

  // days_at_quarantine - computed: true, optional: false, required: false
  public get daysAtQuarantine() {
    return this.getNumberAttribute('days_at_quarantine');
  }

  // days_covered - computed: true, optional: false, required: false
  public get daysCovered() {
    return this.getNumberAttribute('days_covered');
  }

  // dkim_share - computed: true, optional: false, required: false
  public get dkimShare() {
    return this.getNumberAttribute('dkim_share');
  }

  // expected_loss - computed: true, optional: false, required: false
  public get expectedLoss() {
    return this.getNumberAttribute('expected_loss');
  }

  // messages - computed: true, optional: false, required: false
  public get messages() {
    return this.getNumberAttribute('messages');
  }

  // more_candidates - computed: true, optional: false, required: false
  public get moreCandidates() {
    return this.getNumberAttribute('more_candidates');
  }

  // newest_days - computed: true, optional: false, required: false
  public get newestDays() {
    return this.getNumberAttribute('newest_days');
  }

  // pass_rate - computed: true, optional: false, required: false
  public get passRate() {
    return this.getNumberAttribute('pass_rate');
  }

  // passed - computed: true, optional: false, required: false
  public get passed() {
    return this.getNumberAttribute('passed');
  }

  // reporters - computed: true, optional: false, required: false
  public get reporters() {
    return this.getNumberAttribute('reporters');
  }

  // window_days - computed: true, optional: false, required: false
  public get windowDays() {
    return this.getNumberAttribute('window_days');
  }
}
export interface DataDmarcreportDmarcEvidenceMtaSts {
}

export function dataDmarcreportDmarcEvidenceMtaStsToTerraform(struct?: DataDmarcreportDmarcEvidenceMtaSts): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataDmarcreportDmarcEvidenceMtaStsToHclTerraform(struct?: DataDmarcreportDmarcEvidenceMtaSts): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataDmarcreportDmarcEvidenceMtaStsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DataDmarcreportDmarcEvidenceMtaSts | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataDmarcreportDmarcEvidenceMtaSts | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // days - computed: true, optional: false, required: false
  public get days() {
    return this.getNumberAttribute('days');
  }

  // failed_sessions - computed: true, optional: false, required: false
  public get failedSessions() {
    return this.getNumberAttribute('failed_sessions');
  }

  // reporters - computed: true, optional: false, required: false
  public get reporters() {
    return this.getNumberAttribute('reporters');
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_evidence dmarcreport_dmarc_evidence}
*/
export class DataDmarcreportDmarcEvidence extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "dmarcreport_dmarc_evidence";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataDmarcreportDmarcEvidence resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataDmarcreportDmarcEvidence to import
  * @param importFromId The id of the existing DataDmarcreportDmarcEvidence that should be imported. Refer to the {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_evidence#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataDmarcreportDmarcEvidence to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "dmarcreport_dmarc_evidence", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/data-sources/dmarc_evidence dmarcreport_dmarc_evidence} Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataDmarcreportDmarcEvidenceConfig
  */
  public constructor(scope: Construct, id: string, config: DataDmarcreportDmarcEvidenceConfig) {
    super(scope, id, {
      terraformResourceType: 'dmarcreport_dmarc_evidence',
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
    this._domainId = config.domainId;
    this._target = config.target;
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

  // blockers - computed: true, optional: false, required: false
  private _blockers = new DataDmarcreportDmarcEvidenceBlockersList(this, "blockers", false);
  public get blockers() {
    return this._blockers;
  }

  // current_policy - computed: true, optional: false, required: false
  public get currentPolicy() {
    return this.getStringAttribute('current_policy');
  }

  // dmarc - computed: true, optional: false, required: false
  private _dmarc = new DataDmarcreportDmarcEvidenceDmarcOutputReference(this, "dmarc");
  public get dmarc() {
    return this._dmarc;
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

  // message - computed: true, optional: false, required: false
  public get message() {
    return this.getStringAttribute('message');
  }

  // mta_sts - computed: true, optional: false, required: false
  private _mtaSts = new DataDmarcreportDmarcEvidenceMtaStsOutputReference(this, "mta_sts");
  public get mtaSts() {
    return this._mtaSts;
  }

  // next_record - computed: true, optional: false, required: false
  public get nextRecord() {
    return this.getStringAttribute('next_record');
  }

  // ready - computed: true, optional: false, required: false
  public get ready() {
    return this.getBooleanAttribute('ready');
  }

  // target - computed: false, optional: false, required: true
  private _target?: string; 
  public get target() {
    return this.getStringAttribute('target');
  }
  public set target(value: string) {
    this._target = value;
  }
  // Temporarily expose input value. Use with caution.
  public get targetInput() {
    return this._target;
  }

  // trusted_reports - computed: true, optional: false, required: false
  public get trustedReports() {
    return this.getNumberAttribute('trusted_reports');
  }

  // untrusted_reports - computed: true, optional: false, required: false
  public get untrustedReports() {
    return this.getNumberAttribute('untrusted_reports');
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      account_id: cdktf.stringToTerraform(this._accountId),
      domain_id: cdktf.stringToTerraform(this._domainId),
      target: cdktf.stringToTerraform(this._target),
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
      domain_id: {
        value: cdktf.stringToHclTerraform(this._domainId),
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
