import { once } from 'node:events';

/** A line for the person at the terminal, or the program that reads our output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Text in pieces, as fast as the reader takes it: a long export never piles up in memory. */
export async function printPieces(pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
}
