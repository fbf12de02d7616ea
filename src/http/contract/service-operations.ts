import { z } from 'zod';
import * as bodies from './bodies.js';
import * as examples from './examples.js';
import { json, type Operation, text, unchanging } from './operation.js';

const page = (description: string) => text(description, 'text/html; charset=UTF-8');

/** What is asked of the service itself, in the order of the reference. */
export const SERVICE_OPERATIONS: readonly Operation[] = [
  {
    id: 'reindex',
    method: 'post',
    path: '/v1/admin/reindex',
    tag: 'Operation',
    summary: 'Build the index anew from the corpus',
    description:
      'The old index answers until the new one is open. A build that runs is joined: what changed in the corpus since it began may be left out. Only a server with API_KEYS takes this.',
    answers: {
      202: {
        ...json('It has begun; Location says how it goes.', bodies.reindexProgress, examples.REINDEXING),
        headers: ['Location'],
      },
    },
    problems: [403, 404, 503],
    access: 'key',
  },
  {
    id: 'reindexProgress',
    method: 'get',
    path: '/v1/admin/reindex',
    tag: 'Operation',
    summary: 'How the building goes',
    answers: { 200: json('Progress.', bodies.reindexProgress, examples.REINDEXING) },
    problems: [403, 404],
    access: 'key',
  },
  {
    id: 'health',
    method: 'get',
    path: '/healthz',
    tag: 'Operation',
    summary: 'The process is up',
    answers: { 200: json('It is.', bodies.up, { status: 'up' }) },
    problems: [],
    access: 'free',
  },
  {
    id: 'readiness',
    method: 'get',
    path: '/readyz',
    tag: 'Operation',
    summary: 'Questions can be answered',
    answers: { 200: json('They can.', bodies.ready, { status: 'ready', index: examples.ASK.index }) },
    problems: [500, 503],
    access: 'free',
  },
  {
    id: 'metrics',
    method: 'get',
    path: '/metrics',
    tag: 'Operation',
    summary: 'Counts and times for Prometheus',
    answers: { 200: text('Prometheus text format.', 'text/plain; version=0.0.4; charset=utf-8') },
    problems: [],
    access: 'key',
  },
  {
    id: 'contract',
    method: 'get',
    path: '/openapi.json',
    tag: 'Operation',
    summary: 'This document',
    answers: unchanging(json('OpenAPI 3.1.', z.looseObject({ openapi: z.literal('3.1.0') }))),
    problems: [],
    access: 'open',
  },
  {
    id: 'reference',
    method: 'get',
    path: '/docs',
    tag: 'Operation',
    summary: 'This document as a page',
    answers: { 200: page('The page.') },
    problems: [],
    access: 'open',
  },
  {
    id: 'referenceAsset',
    method: 'get',
    path: '/docs/assets/:file',
    tag: 'Operation',
    summary: 'What that page is drawn with',
    pathParameters: z.object({ file: z.enum(['start.js', 'swagger-ui-bundle.js', 'swagger-ui.css']) }),
    answers: unchanging({
      description: 'Script or style.',
      content: {
        'text/javascript; charset=utf-8': { schema: z.string() },
        'text/css; charset=utf-8': { schema: z.string() },
      },
    }),
    problems: [404],
    access: 'free',
  },
  {
    id: 'signInPage',
    method: 'get',
    path: '/sign-in',
    tag: 'Access',
    summary: 'The page that asks a person for a key',
    queryParameters: z.object({ next: z.string().optional().describe('Path to go to afterwards.') }),
    answers: { 200: page('The page.') },
    problems: [],
    access: 'open',
  },
  {
    id: 'signIn',
    method: 'post',
    path: '/sign-in',
    tag: 'Access',
    summary: 'Exchange a key for a cookie',
    body: {
      type: 'application/x-www-form-urlencoded',
      schema: z.object({ key: z.string(), next: z.string().optional() }),
      example: { key: 'KEY', next: '/' },
    },
    answers: {
      303: { description: 'Signed in for twelve hours.', headers: ['Location'] },
      401: page('The key is not known; the page again.'),
    },
    problems: [403, 413],
    access: 'open',
  },
  {
    id: 'signOut',
    method: 'post',
    path: '/sign-out',
    tag: 'Access',
    summary: 'Give the cookie back',
    answers: { 303: { description: 'Signed out.', headers: ['Location'] } },
    problems: [403],
    access: 'open',
  },
];
