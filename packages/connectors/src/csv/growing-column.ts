/** A column of 32-bit integers that grows with its accounts; unset entries read as `initial`. */
export class GrowingColumn {
  readonly #initial: number;
  #values: Int32Array;

  constructor(initial: number) {
    this.#initial = initial;
    this.#values = new Int32Array(4_096).fill(initial);
  }

  get(index: number): number {
    return index < this.#values.length ? (this.#values[index] ?? this.#initial) : this.#initial;
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const larger = new Int32Array(Math.max(index + 1, this.#values.length * 2)).fill(this.#initial);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[index] = value;
  }
}
