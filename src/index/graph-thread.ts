import { parentPort, workerData } from 'node:worker_threads';
import type { GraphOrder } from './graph-building.js';
import { graphs } from './graphs.js';

/** A thread that makes one graph, writes it and ends. */
const { matrix, dimension, hnsw, file } = workerData as GraphOrder;
const count = matrix.length / dimension;
const graph = new graphs.HierarchicalNSW('ip', dimension);
graph.initIndex(count, hnsw.m, hnsw.efConstruction, hnsw.seed);
for (let row = 0; row < count; row += 1)
  graph.addPoint(Array.from(matrix.subarray(row * dimension, (row + 1) * dimension)), row);
graph.writeIndexSync(file);
parentPort?.postMessage('written');
