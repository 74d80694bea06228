/** Debian package name to what the tests use it for. */
export const systemPackages: Record<string, string>
