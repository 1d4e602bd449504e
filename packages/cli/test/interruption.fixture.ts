import { interruption } from '../src/interruption.ts';

// A program that hears the first signal and never ends by itself.
const { signal } = interruption();
signal.addEventListener('abort', () => process.send?.('heard'));
setInterval(() => undefined, 1_000);
process.send?.('ready');
