/** The two channels of Electron's IPC that are in use. Apart from the contract, as the preload needs nothing else of it. */
export const requestChannel = 'request'
export const eventChannel = 'event'
