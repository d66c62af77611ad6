import type { Arguments } from '../arguments.ts';
import type { Fields } from '../json.ts';
import type { World } from '../world.ts';

/** Carries out one Web API method; the answer goes out with `ok: true`. @throws Refusal */
export type Handler = (world: World, args: Arguments) => Fields;
