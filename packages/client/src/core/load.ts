import { ConnectionError } from './errors.ts'

/**
 * Loads a part of this package that not every caller needs, when it is needed first. Load what a request needs before it is
 * sent: a browser may have to fetch it.
 */
export const load = <Part>(part: () => Promise<Part>): Promise<Part> =>
  part().catch((cause) => {
    throw new ConnectionError(
      'A part of this package could not be loaded, so nothing was sent. Check that the files of the application are complete, and the network.',
      { cause, notSent: true },
    )
  })
