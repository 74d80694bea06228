import type {
  Answer,
  Arguments,
  Bridge,
  EventListeners,
  RequestName,
  TextBridge,
} from '../../shared/contract/contract.ts'

/** The bridge of the contract over the texts that cross between page and preload. */
export function openBridge(texts: TextBridge): Bridge {
  return {
    request: async <Name extends RequestName>(name: Name, ...input: Arguments<Name>) =>
      JSON.parse(await texts.request(name, ...input)) as Answer<Name>,
    listen: (listeners: EventListeners) =>
      texts.listen((name, event) =>
        (listeners[name as keyof EventListeners] as (given: unknown) => void)(JSON.parse(event)),
      ),
  }
}
