import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArguments } from './arguments.ts';
import { exportShapes } from './exports/shapes.ts';
import { writeExport } from './exports/write-export.ts';

const { options, rest } = parseArguments(process.argv.slice(2));
const shape = exportShapes.find((candidate) => candidate === (rest['shape'] ?? 'users'));
if (shape === undefined) throw new RangeError(`--shape knows ${exportShapes.join(', ')}`);
const columns = { accessColumns: rest['no-access-columns'] !== true, groupList: rest['no-group-list'] !== true };
await pipeline(Readable.from(writeExport(shape, { ...options, ...columns })), process.stdout);
