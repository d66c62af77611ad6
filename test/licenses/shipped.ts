import { type Expression, readExpression } from '../../src/licenses/expression.ts';
import { createLicenses, type Licenses, licenseContent } from '../../src/licenses/licenses.ts';
import { loadShipped } from './content.ts';

/** Everything that ships about licenses. */
export async function shippedLicenses(adopted = true): Promise<Licenses> {
  return createLicenses({ content: await loadShipped(licenseContent), isStarter: () => !adopted });
}

/** @throws Error for what is no expression */
export function expressionOf(text: string): Expression {
  const read = readExpression(text);
  if (read.kind === 'expression') return read.expression;
  throw new Error(`${text} is no expression`);
}
