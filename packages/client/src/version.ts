/** Kept equal to package.json by a test; reading the manifest at run time would not work in a browser. */
export const version = '0.1.0'
