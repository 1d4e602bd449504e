import type { LastActive } from '@rollcall/core';
import type { AccessAnswer } from './answers.ts';
import type { ResourceColumns } from './layout.ts';
import type { ExportAccess } from './record.ts';

const most = 50_000;

/**
 * Gives accesses that say the same one shared object: a million accounts of nine apps have a few thousand different ones. Relies on the readers of cells
 * answering with shared objects; starts anew when there are too many (exports with the time of day).
 */
export class AccessInterner {
  readonly #resource: ResourceColumns;
  readonly #known = new Map<LastActive, Map<AccessAnswer, ExportAccess>>();
  readonly #onNew: (access: ExportAccess) => void;

  constructor(resource: ResourceColumns, onNew: (access: ExportAccess) => void) {
    this.#resource = resource;
    this.#onNew = onNew;
  }

  get(lastActive: LastActive, answer: AccessAnswer): ExportAccess {
    let byAnswer = this.#known.get(lastActive);
    if (byAnswer === undefined) {
      if (this.#known.size >= most) this.#known.clear();
      byAnswer = new Map();
      this.#known.set(lastActive, byAnswer);
    }
    const known = byAnswer.get(answer);
    if (known !== undefined) return known;
    const { app, title, site } = this.#resource;
    const made: ExportAccess = { app, title, site, holding: answer.holding, lastActive, role: answer.role };
    byAnswer.set(answer, made);
    this.#onNew(made);
    return made;
  }
}
