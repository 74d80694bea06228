/** Large schemas pass in few round trips with a bigger window than HTTP/2's 64 KiB. */
export const WINDOW_SIZE = 4 * 1024 * 1024

export const http2Settings = {
  settings: { initialWindowSize: WINDOW_SIZE },
  // In megabytes: states can be large, and Terraform is trusted with this process's memory.
  maxSessionMemory: 1024,
}
