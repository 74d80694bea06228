import { t } from '../../shared/messages/messages.ts'

/** The classes of sources, from the ground of the chart up. */
export const reportClasses = () =>
  [
    { id: 'own', title: t('yours') },
    { id: 'forwarder', title: t('forwarded') },
    { id: 'candidate', title: t('to answer') },
    { id: 'foreign', title: t('foreign') },
  ] as const
