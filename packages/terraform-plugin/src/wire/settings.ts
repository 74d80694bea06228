/** Large schemas pass in few round trips with a bigger window than HTTP/2's 64 KiB. */
export const http2Settings = { settings: { initialWindowSize: 4 * 1024 * 1024 } }
