/** A place in data, such as `['domains', 3, 'hostedMtaSts', 'mx']`. */
export type DataPath = readonly (string | number)[]

/** A place as people write it, such as `domains[3].hostedMtaSts.mx`; `whole` where the path is empty. */
export const formatPath = (path: DataPath, whole = 'the fleet') =>
  path.length === 0
    ? whole
    : path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')
