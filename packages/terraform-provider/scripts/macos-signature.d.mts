export function signAdHoc(program: Buffer, identifier: string): Buffer
export function signatureFaults(program: Buffer): string[]
