/** Compresses data into a raw deflate stream (RFC 1951). */
export type Deflate = (data: Buffer) => Buffer
/** For tests: zlib's fastest level. */
export const deflateFast: Deflate
/** For releases: libdeflate's best level. Throws where `libdeflate-gzip` is not installed. */
export const deflateSmall: Deflate
