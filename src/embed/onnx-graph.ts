import type * as proto from 'onnx-proto';
import onnxProto from '../vendor/onnx-proto.js';

const { onnx } = onnxProto;
const { FLOAT, INT64, UINT8 } = onnx.TensorProto.DataType;

/** Opset whose operators the graph uses (17 is the first with LayerNormalization), and the IR that goes with it. */
const OPSET = 17;
const IR_VERSION = 8;

type Attribute = number | readonly number[];
type Dimension = number | string;

/** Writes an ONNX graph node by node. Values are named by the strings that its methods take and return. */
export class OnnxGraph {
  readonly #nodes: proto.onnx.INodeProto[] = [];
  readonly #initializers: proto.onnx.ITensorProto[] = [];

  /** Adds a float32 constant in row-major order. */
  floats(name: string, shape: readonly number[], values: Float32Array): string {
    this.#initializers.push({
      name,
      dims: [...shape],
      dataType: FLOAT,
      rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    });
    return name;
  }

  /** Adds a uint8 constant in row-major order; a scalar where `shape` is empty. */
  bytes(name: string, shape: readonly number[], values: Uint8Array): string {
    this.#initializers.push({ name, dims: [...shape], dataType: UINT8, rawData: values });
    return name;
  }

  /** Adds an int64 constant; a scalar where `shape` is empty. */
  integers(name: string, values: readonly number[], shape: readonly number[] = [values.length]): string {
    const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.#initializers.push({ name, dims: [...shape], dataType: INT64, rawData });
    return name;
  }

  /** Adds an operator and returns the name of its (first) output. */
  node(
    opType: string,
    name: string,
    input: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    outputs: readonly string[] = [name],
  ): string {
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
    this.#nodes.push({ opType, name, input: [...input], output: [...outputs], attribute });
    return outputs[0] ?? name;
  }

  /** The model file's bytes. */
  encode(
    inputs: Readonly<Record<string, readonly Dimension[]>>,
    outputs: Readonly<Record<string, readonly Dimension[]>>,
  ): Uint8Array {
    const value = (elemType: number) => (entry: [string, readonly Dimension[]]) =>
      valueInfo(...entry, elemType);
    return onnx.ModelProto.encode({
      irVersion: IR_VERSION,
      producerName: 'paracite',
      opsetImport: [{ domain: '', version: OPSET }],
      graph: {
        name: 'encoder',
        node: this.#nodes,
        initializer: this.#initializers,
        input: Object.entries(inputs).map(value(INT64)),
        output: Object.entries(outputs).map(value(FLOAT)),
      },
    }).finish();
  }
}

function attributeOf(name: string, value: Attribute): proto.onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof value !== 'number') return { name, type: AttributeType.INTS, ints: [...value] };
  if (Number.isInteger(value)) return { name, type: AttributeType.INT, i: value };
  return { name, type: AttributeType.FLOAT, f: value };
}

function valueInfo(name: string, shape: readonly Dimension[], elemType: number): proto.onnx.IValueInfoProto {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
