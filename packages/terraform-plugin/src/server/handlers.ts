import type { MethodName, StreamName } from '../protobuf/tfplugin6.ts'
import { invokeAction, planAction } from './action.ts'
import { applyResourceChange } from './apply-resource.ts'
import { configureProvider, stopProvider } from './configure.ts'
import { closeEphemeralResource, openEphemeralResource, renewEphemeralResource } from './ephemeral.ts'
import { callFunction, getFunctions } from './functions.ts'
import { generateResourceConfig } from './generate-config.ts'
import type { Handler, StreamHandler } from './handler.ts'
import { importResourceState } from './import-resource.ts'
import { listResource } from './list-resource.ts'
import { moveResourceState } from './move-resource.ts'
import { planResourceChange } from './plan-resource.ts'
import { getMetadata, getProviderSchema, getResourceIdentitySchemas } from './provider-schema.ts'
import { readDataSource } from './read-data-source.ts'
import { readResource } from './read-resource.ts'
import { upgradeResourceIdentity } from './upgrade-identity.ts'
import { upgradeResourceState } from './upgrade-state.ts'
import {
  validateActionConfig,
  validateDataResourceConfig,
  validateEphemeralResourceConfig,
  validateListResourceConfig,
  validateProviderConfig,
  validateResourceConfig,
} from './validate.ts'

/** Every call of the protocol and what answers it. */
export const handlers: { readonly [M in MethodName]: Handler<M> } = {
  GetMetadata: getMetadata,
  GetProviderSchema: getProviderSchema,
  GetResourceIdentitySchemas: getResourceIdentitySchemas,
  ValidateProviderConfig: validateProviderConfig,
  ValidateResourceConfig: validateResourceConfig,
  ValidateDataResourceConfig: validateDataResourceConfig,
  ValidateEphemeralResourceConfig: validateEphemeralResourceConfig,
  ValidateListResourceConfig: validateListResourceConfig,
  ValidateActionConfig: validateActionConfig,
  PlanAction: planAction,
  GenerateResourceConfig: generateResourceConfig,
  ConfigureProvider: configureProvider,
  StopProvider: stopProvider,
  UpgradeResourceState: upgradeResourceState,
  UpgradeResourceIdentity: upgradeResourceIdentity,
  ReadResource: readResource,
  PlanResourceChange: planResourceChange,
  ApplyResourceChange: applyResourceChange,
  ImportResourceState: importResourceState,
  MoveResourceState: moveResourceState,
  ReadDataSource: readDataSource,
  OpenEphemeralResource: openEphemeralResource,
  RenewEphemeralResource: renewEphemeralResource,
  CloseEphemeralResource: closeEphemeralResource,
  GetFunctions: getFunctions,
  CallFunction: callFunction,
}

/** Every call that is answered with a stream. */
export const streamHandlers: { readonly [S in StreamName]: StreamHandler<S> } = {
  ListResource: listResource,
  InvokeAction: invokeAction,
}
