/** LangChain's HNSW store, without the two hundred integrations it comes with. */
export { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
