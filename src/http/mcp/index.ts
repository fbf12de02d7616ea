export { type McpOptions, mcpServer, type ToolCall } from './server.js';
