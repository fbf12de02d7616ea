import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ScriptedReply } from '../../src/eval/scripted-model.js';
import { JSON_TYPE } from '../support/app.js';
import { type AskBody, askShape } from '../support/shapes.js';
import { sourceOf } from '../support/source.js';
import { expectVerbatim } from '../support/verbatim.js';
import { numberOf, openWrittenApp, type Script, shownIn, type WrittenApp } from '../support/written.js';

const QUESTION = 'What was said about prison overcrowding in 2022?';
