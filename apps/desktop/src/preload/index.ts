import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import { eventChannel, requestChannel } from '../shared/contract/channels.ts'
import type { Bridge, EventListeners } from '../shared/contract/contract.ts'

// The page gets these two functions and nothing else: no ipcRenderer, no channel of its own choice. The main process
// refuses names that are not in the contract.
const bridge: Bridge = {
  request: (name, ...input) => ipcRenderer.invoke(requestChannel, name, ...input),
  listen: (listeners) => {
    const forward = (_event: IpcRendererEvent, name: keyof EventListeners, payload: unknown) =>
      (listeners[name] as (given: unknown) => void)(payload)
    ipcRenderer.on(eventChannel, forward)
    return () => ipcRenderer.off(eventChannel, forward)
  },
}

contextBridge.exposeInMainWorld('dmarcWatch', bridge)
