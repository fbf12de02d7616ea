/** Protocol buffers of ONNX, which write the encoder's graph once. */
export { default } from 'onnx-proto';
