import { MsgpackWriter } from './msgpack-writer.ts'
import type { ObjectType, Type } from './type.ts'

export interface MemberKey {
  readonly name: string
  /** The name as MessagePack. */
  readonly encoded: Uint8Array
  readonly type: Type
}

const memory = new WeakMap<ObjectType, readonly MemberKey[]>()

/** The members of an object type in the order in which Terraform writes them. */
export function memberKeys(type: ObjectType): readonly MemberKey[] {
  let keys = memory.get(type)
  if (!keys) {
    keys = Object.keys(type[1])
      .sort()
      .map((name) => {
        const writer = new MsgpackWriter()
        writer.string(name)
        return { name, encoded: writer.finish(), type: type[1][name] as Type }
      })
    memory.set(type, keys)
  }
  return keys
}
