import type { Offers } from './audience-views.ts';

/** What a small office can choose from. */
export const offers: Offers = {
  roles: ['@ospo', 'legal'].map((role) => ({ value: role, label: { en: role, 'zh-CN': role } })),
  offices: [{ value: 'berlin', label: { en: 'Berlin', 'zh-CN': '柏林' } }],
  units: [{ value: 'payments', label: { en: 'Payments', 'zh-CN': '支付' } }],
  doings: [{ value: 'standing', label: { en: 'Hold a standing approval', 'zh-CN': '持有长期批准的人' } }],
  projects: ['apache/kafka', 'example/parser'],
};

/** More units than a menu holds, and no project yet. */
export const manyOffers: Offers = {
  ...offers,
  units: Array.from({ length: 140 }, (_, n) => ({
    value: `unit-${n}`,
    label: { en: `Unit ${n}`, 'zh-CN': `部门 ${n}` },
  })),
  projects: [],
};
