import { locales } from '../core/i18n.ts';
import type { Sample } from '../feature.ts';
import { type Approval, registerMessage } from './register-views.ts';
import { start } from './sample-data.ts';

/** Everything that the register answers. */
export function registerSamples(): readonly Sample[] {
  return locales.flatMap((locale) => {
    const isEnglish = locale === 'en';
    const reader = { locale, zone: isEnglish ? 'Europe/Berlin' : 'Asia/Shanghai' };
    const one: Approval = {
      number: 'REQ-142',
      subject: isEnglish ? 'Use of pkg:npm/left-pad' : '使用 pkg:npm/left-pad',
      license: 'MIT',
      useCase: isEnglish ? 'A service we run' : '自己运行的服务',
      conditions: [isEnglish ? 'Keep all notices.' : '保留全部声明。'],
      at: start,
      validUntil: start + 365 * 24 * 60 * 60_000,
      open: 'component?purl=pkg%3Anpm%2Fleft-pad',
    };
    const { validUntil: _, license: __, useCase: ___, open: ____, ...bare } = one;
    const many = Array.from({ length: 5 }, (_____, index) => ({ ...one, number: `REQ-${142 - index}` }));
    const answers = {
      one: registerMessage('left-pad', [one], 1, reader),
      'the least that is known': registerMessage('left-pad', [{ ...bare, conditions: [] }], 1, reader),
      many: registerMessage('left-pad', many, 9, reader),
      none: registerMessage('left-pad', [], 0, reader),
    };
    return Object.entries(answers).map(
      ([name, payload]): Sample => ({ name: `register: ${name} (${locale})`, surface: 'message', payload }),
    );
  });
}
