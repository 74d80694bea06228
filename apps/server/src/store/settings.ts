import type { WireManagedBy } from '@dmarc-as-code/client/contract'
import type { Selectable, Updateable } from 'kysely'
import type { DomainSettings } from '../rules/domain-settings.ts'
import type { DomainTable, Flag } from './tables.ts'

/** The changeable part of a stored domain. */
export function settingsOf(domain: Selectable<DomainTable>): DomainSettings {
  const { mta_sts_mode: mode, mta_sts_mx: mx, mta_sts_mx_age: mx_age } = domain
  return {
    rua_report: domain.rua_report === 1,
    ruf_report: domain.ruf_report === 1,
    mta_sts_report: domain.mta_sts_report === null ? null : domain.mta_sts_report === 1,
    hosted_dmarc: domain.hosted_dmarc === 1,
    hosted_dmarc_config: domain.hosted_dmarc_config,
    hosted_mta_sts: domain.hosted_mta_sts === 1,
    mta_sts_policy:
      mode === null || mx === null || mx_age === null
        ? null
        : { mode: mode as 'none' | 'testing' | 'enforce', mx, mx_age },
    managed_by: managedBy(domain),
  }
}

/** Settings as columns. */
export function settingColumns(settings: DomainSettings): Updateable<DomainTable> {
  const { mta_sts_policy: policy } = settings
  return {
    rua_report: flag(settings.rua_report),
    ruf_report: flag(settings.ruf_report),
    mta_sts_report: settings.mta_sts_report === null ? null : flag(settings.mta_sts_report),
    hosted_dmarc: flag(settings.hosted_dmarc),
    hosted_dmarc_config: settings.hosted_dmarc_config,
    hosted_mta_sts: flag(settings.hosted_mta_sts),
    mta_sts_mode: policy?.mode ?? null,
    mta_sts_mx: policy?.mx ?? null,
    mta_sts_mx_age: policy?.mx_age ?? null,
    ...managedByColumns(settings.managed_by),
  }
}

function managedBy({ managed_by_workspace: workspace, managed_by_label: label }: Selectable<DomainTable>) {
  return workspace === null ? null : { workspace, label }
}

export const managedByColumns = (code: WireManagedBy | null) => ({
  managed_by_workspace: code?.workspace ?? null,
  managed_by_label: code?.label ?? null,
})

export const flag = (value: boolean): Flag => (value ? 1 : 0)
