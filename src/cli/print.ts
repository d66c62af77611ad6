/** A line for the person at the terminal, or the program that reads our output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
