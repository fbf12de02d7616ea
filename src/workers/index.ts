export { type Build, type BuildOptions, startBuild } from './build.js';
export { openPool, type Performer, type PoolOptions } from './pool.js';
