// https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain
// Generated from the provider's schema by `npm run generate`.
// @ts-nocheck

import type { Construct } from 'constructs'
import * as cdktf from '../framework.ts'

// Configuration

export interface DomainConfig extends cdktf.TerraformMetaArguments {
  /**
  * Reason for tightening a policy without evidence from the reports, 1 to 500 printable characters. It passes the `gate`; servers that support it record it in the history of the domain. Remove it after the apply so that it does not cover the next change.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#accept_risk Domain#accept_risk}
  */
  readonly acceptRisk?: string;
  /**
  * Account that the domain belongs to: ID, slug or title. Default: the account of the provider. Changing it moves the domain.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#account_id Domain#account_id}
  */
  readonly accountId?: string;
  /**
  * Domain name, as U-labels or A-labels. Changing it replaces the domain.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#address Domain#address}
  */
  readonly address: string;
  /**
  * Reason for weakening the live protection, 1 to 500 printable characters. Without it, a plan is refused that weakens a DMARC policy or alignment, drops report addresses or weakens an MTA-STS mode. Remove it after the apply so that it does not cover the next change.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#allow_weaker Domain#allow_weaker}
  */
  readonly allowWeaker?: string;
  /**
  * Whether the provider refuses to delete or replace the domain. The setting is kept in the state, so it also protects the domain after its block is removed. To delete the domain, set it to `false` and apply first. Default: `false`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#deletion_protection Domain#deletion_protection}
  */
  readonly deletionProtection?: boolean | cdktf.IResolvable;
  /**
  * Hosts the DMARC record. If omitted, hosting is off.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#hosted_dmarc Domain#hosted_dmarc}
  */
  readonly hostedDmarc?: DomainHostedDmarc;
  /**
  * Hosts the MTA-STS policy and the TLS-RPT record. If omitted, hosting is off; a policy in mode `testing` or `enforce` is withdrawn first, see `retire_after`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#hosted_mta_sts Domain#hosted_mta_sts}
  */
  readonly hostedMtaSts?: DomainHostedMtaSts;
  /**
  * Whether to collect TLS reports. Default: `true` if `hosted_mta_sts` is set, otherwise unchanged.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#mta_sts_report Domain#mta_sts_report}
  */
  readonly mtaStsReport?: boolean | cdktf.IResolvable;
  /**
  * Whether the domain is parked, which means that it sends no mail. Changing it replaces the domain. Default: `false`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#parked Domain#parked}
  */
  readonly parked?: boolean | cdktf.IResolvable;
  /**
  * How long the MTA-STS records stay after `hosted_mta_sts` is removed, such as `168h`. The policy is set to mode `none` at once, and the first apply after this time turns hosting off, so that senders fetch the new policy (RFC 8461 section 8.3). `0s` turns hosting off at once. Default: the `max_age_days` of the policy, or of an earlier one in mode `enforce` that senders may cache for longer. At most `8784h`. Has no effect on servers that cannot change a policy.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#retire_after Domain#retire_after}
  */
  readonly retireAfter?: string;
  /**
  * Whether to collect aggregate reports. Default: `true`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#rua_report Domain#rua_report}
  */
  readonly ruaReport?: boolean | cdktf.IResolvable;
  /**
  * Whether to collect failure reports. Default: `true`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#ruf_report Domain#ruf_report}
  */
  readonly rufReport?: boolean | cdktf.IResolvable;
  /**
  * Names of existing tags. If omitted, the tags stay as they are; `[]` removes all tags.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#tags Domain#tags}
  */
  readonly tags?: string[];
  /**
  * timeouts block
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#timeouts Domain#timeouts}
  */
  readonly timeouts?: DomainTimeouts;
}
export interface DomainCnames {
}

export function domainCnamesToTerraform(struct?: DomainCnames): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function domainCnamesToHclTerraform(struct?: DomainCnames): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DomainCnamesOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectKey the key of this item in the map
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectKey: string) {
    super(terraformResource, terraformAttribute, false, complexObjectKey);
  }

  public get internalValue(): DomainCnames | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DomainCnames | undefined) {
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

export class DomainCnamesMap extends cdktf.ComplexMap {

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
  public get(key: string): DomainCnamesOutputReference {
    return new DomainCnamesOutputReference(this.terraformResource, this.terraformAttribute, `"${key}"`);
  }
}
export interface DomainHostedDmarc {
  /**
  * DKIM alignment (`adkim`): `relaxed` or `strict`. Default: `relaxed`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#dkim_alignment Domain#dkim_alignment}
  */
  readonly dkimAlignment?: string;
  /**
  * Additional recipients of aggregate reports, as email addresses or `mailto:` URIs. The service's own addresses are always included.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#extra_rua Domain#extra_rua}
  */
  readonly extraRua?: string[];
  /**
  * Additional recipients of failure reports, as email addresses or `mailto:` URIs. The service's own addresses are always included.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#extra_ruf Domain#extra_ruf}
  */
  readonly extraRuf?: string[];
  /**
  * When receivers send failure reports (`fo`): `0`, `1`, `d`, `s`, or several separated by colons. Default: the value of the default record.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#failure_options Domain#failure_options}
  */
  readonly failureOptions?: string;
  /**
  * Whether hosting starts with the live record, either the domain's own or that of its parent: policy, alignment and report addresses. The settings above take precedence. Looked up when it is set to `true`; later changes to the live record have no effect. Default: `false`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#from_current Domain#from_current}
  */
  readonly fromCurrent?: boolean | cdktf.IResolvable;
  /**
  * What to do if a plan tightens the policy to `quarantine` or `reject` and the reports do not show that this is safe: refuse the plan (`enforce`), warn (`warn`) or do nothing (`off`). Only such a plan reads the reports. Restoring a policy that was lowered outside of Terraform tightens it too: whoever lowered it may have seen mail lost. Default: `warn`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#gate Domain#gate}
  */
  readonly gate?: string;
  /**
  * Policy for subdomains that do not exist (`np`). Default: `subdomain_policy`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#nonexistent_subdomain_policy Domain#nonexistent_subdomain_policy}
  */
  readonly nonexistentSubdomainPolicy?: string;
  /**
  * What receivers do with mail that fails DMARC (`p`): `none`, `quarantine` or `reject`. Default: the policy of the default record, which is `none` (`reject` for a parked domain).
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#policy Domain#policy}
  */
  readonly policy?: string;
  /**
  * Complete record as text, instead of the settings above. The service's own report addresses are added if they are missing.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#record Domain#record}
  */
  readonly record?: string;
  /**
  * SPF alignment (`aspf`): `relaxed` or `strict`. Default: `relaxed`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#spf_alignment Domain#spf_alignment}
  */
  readonly spfAlignment?: string;
  /**
  * Policy for subdomains (`sp`). Default: `policy`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#subdomain_policy Domain#subdomain_policy}
  */
  readonly subdomainPolicy?: string;
  /**
  * Whether receivers apply the next weaker policy (`t=y`). Default: `false`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#test_mode Domain#test_mode}
  */
  readonly testMode?: boolean | cdktf.IResolvable;
}

export function domainHostedDmarcToTerraform(struct?: DomainHostedDmarc | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    dkim_alignment: cdktf.stringToTerraform(struct!.dkimAlignment),
    extra_rua: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.extraRua),
    extra_ruf: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.extraRuf),
    failure_options: cdktf.stringToTerraform(struct!.failureOptions),
    from_current: cdktf.booleanToTerraform(struct!.fromCurrent),
    gate: cdktf.stringToTerraform(struct!.gate),
    nonexistent_subdomain_policy: cdktf.stringToTerraform(struct!.nonexistentSubdomainPolicy),
    policy: cdktf.stringToTerraform(struct!.policy),
    record: cdktf.stringToTerraform(struct!.record),
    spf_alignment: cdktf.stringToTerraform(struct!.spfAlignment),
    subdomain_policy: cdktf.stringToTerraform(struct!.subdomainPolicy),
    test_mode: cdktf.booleanToTerraform(struct!.testMode),
  }
}


export function domainHostedDmarcToHclTerraform(struct?: DomainHostedDmarc | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    dkim_alignment: {
      value: cdktf.stringToHclTerraform(struct!.dkimAlignment),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    extra_rua: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.extraRua),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    extra_ruf: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.extraRuf),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    failure_options: {
      value: cdktf.stringToHclTerraform(struct!.failureOptions),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    from_current: {
      value: cdktf.booleanToHclTerraform(struct!.fromCurrent),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    gate: {
      value: cdktf.stringToHclTerraform(struct!.gate),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    nonexistent_subdomain_policy: {
      value: cdktf.stringToHclTerraform(struct!.nonexistentSubdomainPolicy),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    policy: {
      value: cdktf.stringToHclTerraform(struct!.policy),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    record: {
      value: cdktf.stringToHclTerraform(struct!.record),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    spf_alignment: {
      value: cdktf.stringToHclTerraform(struct!.spfAlignment),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    subdomain_policy: {
      value: cdktf.stringToHclTerraform(struct!.subdomainPolicy),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    test_mode: {
      value: cdktf.booleanToHclTerraform(struct!.testMode),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DomainHostedDmarcOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DomainHostedDmarc | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._dkimAlignment !== undefined) {
      hasAnyValues = true;
      internalValueResult.dkimAlignment = this._dkimAlignment;
    }
    if (this._extraRua !== undefined) {
      hasAnyValues = true;
      internalValueResult.extraRua = this._extraRua;
    }
    if (this._extraRuf !== undefined) {
      hasAnyValues = true;
      internalValueResult.extraRuf = this._extraRuf;
    }
    if (this._failureOptions !== undefined) {
      hasAnyValues = true;
      internalValueResult.failureOptions = this._failureOptions;
    }
    if (this._fromCurrent !== undefined) {
      hasAnyValues = true;
      internalValueResult.fromCurrent = this._fromCurrent;
    }
    if (this._gate !== undefined) {
      hasAnyValues = true;
      internalValueResult.gate = this._gate;
    }
    if (this._nonexistentSubdomainPolicy !== undefined) {
      hasAnyValues = true;
      internalValueResult.nonexistentSubdomainPolicy = this._nonexistentSubdomainPolicy;
    }
    if (this._policy !== undefined) {
      hasAnyValues = true;
      internalValueResult.policy = this._policy;
    }
    if (this._record !== undefined) {
      hasAnyValues = true;
      internalValueResult.record = this._record;
    }
    if (this._spfAlignment !== undefined) {
      hasAnyValues = true;
      internalValueResult.spfAlignment = this._spfAlignment;
    }
    if (this._subdomainPolicy !== undefined) {
      hasAnyValues = true;
      internalValueResult.subdomainPolicy = this._subdomainPolicy;
    }
    if (this._testMode !== undefined) {
      hasAnyValues = true;
      internalValueResult.testMode = this._testMode;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DomainHostedDmarc | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._dkimAlignment = undefined;
      this._extraRua = undefined;
      this._extraRuf = undefined;
      this._failureOptions = undefined;
      this._fromCurrent = undefined;
      this._gate = undefined;
      this._nonexistentSubdomainPolicy = undefined;
      this._policy = undefined;
      this._record = undefined;
      this._spfAlignment = undefined;
      this._subdomainPolicy = undefined;
      this._testMode = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._dkimAlignment = value.dkimAlignment;
      this._extraRua = value.extraRua;
      this._extraRuf = value.extraRuf;
      this._failureOptions = value.failureOptions;
      this._fromCurrent = value.fromCurrent;
      this._gate = value.gate;
      this._nonexistentSubdomainPolicy = value.nonexistentSubdomainPolicy;
      this._policy = value.policy;
      this._record = value.record;
      this._spfAlignment = value.spfAlignment;
      this._subdomainPolicy = value.subdomainPolicy;
      this._testMode = value.testMode;
    }
  }

  // current_record - computed: true, optional: false, required: false
  public get currentRecord() {
    return this.getStringAttribute('current_record');
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

  // from_current - computed: false, optional: true, required: false
  private _fromCurrent?: boolean | cdktf.IResolvable; 
  public get fromCurrent() {
    return this.getBooleanAttribute('from_current');
  }
  public set fromCurrent(value: boolean | cdktf.IResolvable) {
    this._fromCurrent = value;
  }
  public resetFromCurrent() {
    this._fromCurrent = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get fromCurrentInput() {
    return this._fromCurrent;
  }

  // gate - computed: false, optional: true, required: false
  private _gate?: string; 
  public get gate() {
    return this.getStringAttribute('gate');
  }
  public set gate(value: string) {
    this._gate = value;
  }
  public resetGate() {
    this._gate = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get gateInput() {
    return this._gate;
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

  // policy - computed: false, optional: true, required: false
  private _policy?: string; 
  public get policy() {
    return this.getStringAttribute('policy');
  }
  public set policy(value: string) {
    this._policy = value;
  }
  public resetPolicy() {
    this._policy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get policyInput() {
    return this._policy;
  }

  // published_record - computed: true, optional: false, required: false
  public get publishedRecord() {
    return this.getStringAttribute('published_record');
  }

  // record - computed: false, optional: true, required: false
  private _record?: string; 
  public get record() {
    return this.getStringAttribute('record');
  }
  public set record(value: string) {
    this._record = value;
  }
  public resetRecord() {
    this._record = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get recordInput() {
    return this._record;
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
}
export interface DomainHostedMtaSts {
  /**
  * Whether hosting starts with the live policy: mode, mail hosts and maximum age. If there is none, hosting starts with mode `testing` and the MX records of the domain. The settings above take precedence. Looked up when it is set to `true`; later changes to the live policy have no effect. Default: `false`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#from_current Domain#from_current}
  */
  readonly fromCurrent?: boolean | cdktf.IResolvable;
  /**
  * What to do if a plan tightens the policy to `enforce` and the reports do not show that this is safe: refuse the plan (`enforce`), warn (`warn`) or do nothing (`off`). Only such a plan reads the reports. Restoring a policy that was lowered outside of Terraform tightens it too: whoever lowered it may have seen mail lost. Default: `warn`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#gate Domain#gate}
  */
  readonly gate?: string;
  /**
  * How long senders may cache the policy, in days. Default: `7`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#max_age_days Domain#max_age_days}
  */
  readonly maxAgeDays?: number;
  /**
  * Policy mode: `testing`, `enforce`, or `none` to withdraw the policy before you turn hosting off. Required unless `from_current` is `true`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#mode Domain#mode}
  */
  readonly mode?: string;
  /**
  * Mail hosts as in the MX records. A leading `*.` matches exactly one label. Required unless `mode` is `none` or `from_current` is `true`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#mx Domain#mx}
  */
  readonly mx?: string[];
}

export function domainHostedMtaStsToTerraform(struct?: DomainHostedMtaSts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    from_current: cdktf.booleanToTerraform(struct!.fromCurrent),
    gate: cdktf.stringToTerraform(struct!.gate),
    max_age_days: cdktf.numberToTerraform(struct!.maxAgeDays),
    mode: cdktf.stringToTerraform(struct!.mode),
    mx: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.mx),
  }
}


export function domainHostedMtaStsToHclTerraform(struct?: DomainHostedMtaSts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    from_current: {
      value: cdktf.booleanToHclTerraform(struct!.fromCurrent),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    gate: {
      value: cdktf.stringToHclTerraform(struct!.gate),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    max_age_days: {
      value: cdktf.numberToHclTerraform(struct!.maxAgeDays),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    mode: {
      value: cdktf.stringToHclTerraform(struct!.mode),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    mx: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.mx),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class DomainHostedMtaStsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DomainHostedMtaSts | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._fromCurrent !== undefined) {
      hasAnyValues = true;
      internalValueResult.fromCurrent = this._fromCurrent;
    }
    if (this._gate !== undefined) {
      hasAnyValues = true;
      internalValueResult.gate = this._gate;
    }
    if (this._maxAgeDays !== undefined) {
      hasAnyValues = true;
      internalValueResult.maxAgeDays = this._maxAgeDays;
    }
    if (this._mode !== undefined) {
      hasAnyValues = true;
      internalValueResult.mode = this._mode;
    }
    if (this._mx !== undefined) {
      hasAnyValues = true;
      internalValueResult.mx = this._mx;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DomainHostedMtaSts | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._fromCurrent = undefined;
      this._gate = undefined;
      this._maxAgeDays = undefined;
      this._mode = undefined;
      this._mx = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._fromCurrent = value.fromCurrent;
      this._gate = value.gate;
      this._maxAgeDays = value.maxAgeDays;
      this._mode = value.mode;
      this._mx = value.mx;
    }
  }

  // current_policy - computed: true, optional: false, required: false
  public get currentPolicy() {
    return this.getStringAttribute('current_policy');
  }

  // from_current - computed: false, optional: true, required: false
  private _fromCurrent?: boolean | cdktf.IResolvable; 
  public get fromCurrent() {
    return this.getBooleanAttribute('from_current');
  }
  public set fromCurrent(value: boolean | cdktf.IResolvable) {
    this._fromCurrent = value;
  }
  public resetFromCurrent() {
    this._fromCurrent = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get fromCurrentInput() {
    return this._fromCurrent;
  }

  // gate - computed: false, optional: true, required: false
  private _gate?: string; 
  public get gate() {
    return this.getStringAttribute('gate');
  }
  public set gate(value: string) {
    this._gate = value;
  }
  public resetGate() {
    this._gate = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get gateInput() {
    return this._gate;
  }

  // max_age_days - computed: true, optional: true, required: false
  private _maxAgeDays?: number; 
  public get maxAgeDays() {
    return this.getNumberAttribute('max_age_days');
  }
  public set maxAgeDays(value: number) {
    this._maxAgeDays = value;
  }
  public resetMaxAgeDays() {
    this._maxAgeDays = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxAgeDaysInput() {
    return this._maxAgeDays;
  }

  // mode - computed: true, optional: true, required: false
  private _mode?: string; 
  public get mode() {
    return this.getStringAttribute('mode');
  }
  public set mode(value: string) {
    this._mode = value;
  }
  public resetMode() {
    this._mode = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get modeInput() {
    return this._mode;
  }

  // mx - computed: true, optional: true, required: false
  private _mx?: string[]; 
  public get mx() {
    return this.getListAttribute('mx');
  }
  public set mx(value: string[]) {
    this._mx = value;
  }
  public resetMx() {
    this._mx = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mxInput() {
    return this._mx;
  }
}
export interface DomainTimeouts {
  /**
  * How long to wait for create, such as `90s` or `1h30m`. Default: `5m`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#create Domain#create}
  */
  readonly create?: string;
  /**
  * How long to wait for delete, such as `90s` or `1h30m`. Default: `5m`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#delete Domain#delete}
  */
  readonly delete?: string;
  /**
  * How long to wait for update, such as `90s` or `1h30m`. Default: `5m`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#update Domain#update}
  */
  readonly update?: string;
}

export function domainTimeoutsToTerraform(struct?: DomainTimeouts | cdktf.IResolvable): any {
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


export function domainTimeoutsToHclTerraform(struct?: DomainTimeouts | cdktf.IResolvable): any {
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

export class DomainTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): DomainTimeouts | cdktf.IResolvable | undefined {
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

  public set internalValue(value: DomainTimeouts | cdktf.IResolvable | undefined) {
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
* Represents a {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain dmarcreport_domain}
*/
export class Domain extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "dmarcreport_domain";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Domain resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Domain to import
  * @param importFromId The id of the existing Domain that should be imported. Refer to the {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Domain to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "dmarcreport_domain", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/dmarc-as-code/dmarcreport/0.1.0/docs/resources/domain dmarcreport_domain} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DomainConfig
  */
  public constructor(scope: Construct, id: string, config: DomainConfig) {
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
    this._acceptRisk = config.acceptRisk;
    this._accountId = config.accountId;
    this._address = config.address;
    this._allowWeaker = config.allowWeaker;
    this._deletionProtection = config.deletionProtection;
    this._hostedDmarc.internalValue = config.hostedDmarc;
    this._hostedMtaSts.internalValue = config.hostedMtaSts;
    this._mtaStsReport = config.mtaStsReport;
    this._parked = config.parked;
    this._retireAfter = config.retireAfter;
    this._ruaReport = config.ruaReport;
    this._rufReport = config.rufReport;
    this._tags = config.tags;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // accept_risk - computed: false, optional: true, required: false
  private _acceptRisk?: string; 
  public get acceptRisk() {
    return this.getStringAttribute('accept_risk');
  }
  public set acceptRisk(value: string) {
    this._acceptRisk = value;
  }
  public resetAcceptRisk() {
    this._acceptRisk = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get acceptRiskInput() {
    return this._acceptRisk;
  }

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

  // address - computed: false, optional: false, required: true
  private _address?: string; 
  public get address() {
    return this.getStringAttribute('address');
  }
  public set address(value: string) {
    this._address = value;
  }
  // Temporarily expose input value. Use with caution.
  public get addressInput() {
    return this._address;
  }

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

  // cnames - computed: true, optional: false, required: false
  private _cnames = new DomainCnamesMap(this, "cnames");
  public get cnames() {
    return this._cnames;
  }

  // default_dmarc_record - computed: true, optional: false, required: false
  public get defaultDmarcRecord() {
    return this.getStringAttribute('default_dmarc_record');
  }

  // deletion_protection - computed: true, optional: true, required: false
  private _deletionProtection?: boolean | cdktf.IResolvable; 
  public get deletionProtection() {
    return this.getBooleanAttribute('deletion_protection');
  }
  public set deletionProtection(value: boolean | cdktf.IResolvable) {
    this._deletionProtection = value;
  }
  public resetDeletionProtection() {
    this._deletionProtection = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deletionProtectionInput() {
    return this._deletionProtection;
  }

  // dmarc_status - computed: true, optional: false, required: false
  public get dmarcStatus() {
    return this.getStringAttribute('dmarc_status');
  }

  // hosted_dmarc - computed: false, optional: true, required: false
  private _hostedDmarc = new DomainHostedDmarcOutputReference(this, "hosted_dmarc");
  public get hostedDmarc() {
    return this._hostedDmarc;
  }
  public putHostedDmarc(value: DomainHostedDmarc) {
    this._hostedDmarc.internalValue = value;
  }
  public resetHostedDmarc() {
    this._hostedDmarc.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostedDmarcInput() {
    return this._hostedDmarc.internalValue;
  }

  // hosted_mta_sts - computed: false, optional: true, required: false
  private _hostedMtaSts = new DomainHostedMtaStsOutputReference(this, "hosted_mta_sts");
  public get hostedMtaSts() {
    return this._hostedMtaSts;
  }
  public putHostedMtaSts(value: DomainHostedMtaSts) {
    this._hostedMtaSts.internalValue = value;
  }
  public resetHostedMtaSts() {
    this._hostedMtaSts.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostedMtaStsInput() {
    return this._hostedMtaSts.internalValue;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // mta_sts_report - computed: true, optional: true, required: false
  private _mtaStsReport?: boolean | cdktf.IResolvable; 
  public get mtaStsReport() {
    return this.getBooleanAttribute('mta_sts_report');
  }
  public set mtaStsReport(value: boolean | cdktf.IResolvable) {
    this._mtaStsReport = value;
  }
  public resetMtaStsReport() {
    this._mtaStsReport = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mtaStsReportInput() {
    return this._mtaStsReport;
  }

  // mta_sts_retires_at - computed: true, optional: false, required: false
  public get mtaStsRetiresAt() {
    return this.getStringAttribute('mta_sts_retires_at');
  }

  // mta_sts_status - computed: true, optional: false, required: false
  public get mtaStsStatus() {
    return this.getStringAttribute('mta_sts_status');
  }

  // parked - computed: true, optional: true, required: false
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

  // parked_domain_credits - computed: true, optional: false, required: false
  public get parkedDomainCredits() {
    return this.getNumberAttribute('parked_domain_credits');
  }

  // retire_after - computed: false, optional: true, required: false
  private _retireAfter?: string; 
  public get retireAfter() {
    return this.getStringAttribute('retire_after');
  }
  public set retireAfter(value: string) {
    this._retireAfter = value;
  }
  public resetRetireAfter() {
    this._retireAfter = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get retireAfterInput() {
    return this._retireAfter;
  }

  // rua_report - computed: true, optional: true, required: false
  private _ruaReport?: boolean | cdktf.IResolvable; 
  public get ruaReport() {
    return this.getBooleanAttribute('rua_report');
  }
  public set ruaReport(value: boolean | cdktf.IResolvable) {
    this._ruaReport = value;
  }
  public resetRuaReport() {
    this._ruaReport = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ruaReportInput() {
    return this._ruaReport;
  }

  // ruf_report - computed: true, optional: true, required: false
  private _rufReport?: boolean | cdktf.IResolvable; 
  public get rufReport() {
    return this.getBooleanAttribute('ruf_report');
  }
  public set rufReport(value: boolean | cdktf.IResolvable) {
    this._rufReport = value;
  }
  public resetRufReport() {
    this._rufReport = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rufReportInput() {
    return this._rufReport;
  }

  // slug - computed: true, optional: false, required: false
  public get slug() {
    return this.getStringAttribute('slug');
  }

  // tags - computed: true, optional: true, required: false
  private _tags?: string[]; 
  public get tags() {
    return cdktf.Fn.tolist(this.getListAttribute('tags'));
  }
  public set tags(value: string[]) {
    this._tags = value;
  }
  public resetTags() {
    this._tags = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tagsInput() {
    return this._tags;
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new DomainTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: DomainTimeouts) {
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
      accept_risk: cdktf.stringToTerraform(this._acceptRisk),
      account_id: cdktf.stringToTerraform(this._accountId),
      address: cdktf.stringToTerraform(this._address),
      allow_weaker: cdktf.stringToTerraform(this._allowWeaker),
      deletion_protection: cdktf.booleanToTerraform(this._deletionProtection),
      hosted_dmarc: domainHostedDmarcToTerraform(this._hostedDmarc.internalValue),
      hosted_mta_sts: domainHostedMtaStsToTerraform(this._hostedMtaSts.internalValue),
      mta_sts_report: cdktf.booleanToTerraform(this._mtaStsReport),
      parked: cdktf.booleanToTerraform(this._parked),
      retire_after: cdktf.stringToTerraform(this._retireAfter),
      rua_report: cdktf.booleanToTerraform(this._ruaReport),
      ruf_report: cdktf.booleanToTerraform(this._rufReport),
      tags: cdktf.listMapper(cdktf.stringToTerraform, false)(this._tags),
      timeouts: domainTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      accept_risk: {
        value: cdktf.stringToHclTerraform(this._acceptRisk),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
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
      allow_weaker: {
        value: cdktf.stringToHclTerraform(this._allowWeaker),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      deletion_protection: {
        value: cdktf.booleanToHclTerraform(this._deletionProtection),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      hosted_dmarc: {
        value: domainHostedDmarcToHclTerraform(this._hostedDmarc.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DomainHostedDmarc",
      },
      hosted_mta_sts: {
        value: domainHostedMtaStsToHclTerraform(this._hostedMtaSts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DomainHostedMtaSts",
      },
      mta_sts_report: {
        value: cdktf.booleanToHclTerraform(this._mtaStsReport),
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
      retire_after: {
        value: cdktf.stringToHclTerraform(this._retireAfter),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      rua_report: {
        value: cdktf.booleanToHclTerraform(this._ruaReport),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      ruf_report: {
        value: cdktf.booleanToHclTerraform(this._rufReport),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      tags: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._tags),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      timeouts: {
        value: domainTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "DomainTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
