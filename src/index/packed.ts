/** Arrays of numbers of one kind each. */
type Numbers = Float64Array | Uint32Array | Uint16Array;
type Kind<A extends Numbers> = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
};

/** Every array begins where numbers of 8 bytes may. */
const ALIGNMENT = 8;

/**
 * Several arrays of numbers in one file: how many, the length of each in bytes, then each at a multiple of 8 bytes. In
 * the byte order of the machine, as the vectors are.
 */
export function pack(arrays: readonly Numbers[]): Uint8Array {
  const header = Float64Array.of(arrays.length, ...arrays.map(({ byteLength }) => byteLength));
  const sizes = arrays.map(({ byteLength }) => aligned(byteLength));
  const packed = new Uint8Array(sizes.reduce((sum, size) => sum + size, header.byteLength));
  let offset = 0;
  for (const { buffer, byteOffset, byteLength } of [header, ...arrays]) {
    packed.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += aligned(byteLength);
  }
  return packed;
}

/** Reads what `pack` wrote, in its order, without a copy: each call of what it returns gives the next array. */
export function unpacker(bytes: Uint8Array): <A extends Numbers>(kind: Kind<A>) => A {
  // Views of numbers must begin at a multiple of their size, which a part of a pooled buffer may not.
  const { buffer, byteOffset } = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice();
  const count = new Float64Array(buffer, byteOffset, 1)[0] as number;
  const lengths = new Float64Array(buffer, byteOffset, 1 + count).subarray(1);
  let next = 0;
  let offset = byteOffset + (1 + count) * ALIGNMENT;
  return (kind) => {
    const length = lengths[next] ?? 0;
    const array = new kind(buffer, offset, length / kind.BYTES_PER_ELEMENT);
    next += 1;
    offset += aligned(length);
    return array;
  };
}

function aligned(byteLength: number): number {
  return Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
}
