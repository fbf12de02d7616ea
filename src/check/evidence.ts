import { candidatesFor } from './align.js';
import { denialsIn, LESS } from './denials.js';
import { cuesIn } from './cues.js';
import { isActor, isLight, isSpeaker, isStance } from './kinds.js';
import { meantBy } from './meaning.js';
import { areOpposite } from './lexicon.js';
import { isNegative } from './negative.js';
import { figuresIn } from './numbers.js';
import { wordNet } from '../wordnet/index.js';
import { isAcronymIn } from './names.js';
import type { Fault } from './types.js';
import type { View } from './view.js';
import { linked } from './causes.js';
import { clausesOf } from './clauses.js';
import { tagsOf } from './tags.js';

export function evidenceOf(view: View, faults: readonly Fault[]): Record<string, number> {
  const { tokens, source, alignment, used } = view;
  const net = wordNet();
  const figures = new Set(
    figuresIn(tokens).flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i)),
  );
  const F: Record<string, number> = {};
  const add = (k: string, v = 1) => { F[k] = (F[k] ?? 0) + v; };
  const content = tokens.map((t, i) => ({ t, i })).filter(({ t, i }) => t.content && !figures.has(i) && !t.reporting && !isSpeaker(t.key));
  const n = content.length;
  const ownDenials = denialsIn(tokens);
  const inDenial = new Set(ownDenials.flatMap(({ first, last }) => [first, last]));
  // best window of source: sentence with most covered words
  const bySentence = new Map<number, number>();
  const cov: { i: number; how: string; places: number[] }[] = [];
  for (const { t, i } of content) {
    const cands = candidatesFor(t, source);
    const meant = meantBy(t, source);
    const same = cands.filter((c) => c.distance < 2).map((c) => c.at);
    const list = cands.filter((c) => c.distance === 2).map((c) => c.at);
    const wn = [...meant].filter(([, h]) => h === 'same').map(([p]) => p);
    const gen = [...meant].filter(([, h]) => h === 'general').map(([p]) => p);
    const spec = [...meant].filter(([, h]) => h === 'special').map(([p]) => p);
    const opp = [...meant].filter(([, h]) => h === 'opposite').map(([p]) => p);
    const ctx = t.bases.some((b) => source.contextBases.has(b)) || isAcronymIn(t, source.tokens) || isAcronymIn(t, source.context);
    const how = same.length ? 'same' : list.length ? 'list' : wn.length ? 'wn' : ctx ? 'ctx' : gen.length ? 'gen' : spec.length ? 'spec' : 'none';
    const places = how === 'same' ? same : how === 'list' ? list : how === 'wn' ? wn : how === 'gen' ? gen : how === 'spec' ? spec : [];
    cov.push({ i, how, places });
    for (const s of new Set(places.map((p) => source.tokens[p]?.sentence ?? -1))) bySentence.set(s, (bySentence.get(s) ?? 0) + 1);
    add(`n_${how}`);
    const verb = /(?:ed|ing|ize|ise|ify)$/u.test(t.key) || /^(?:to|can|could|may|might|must|should|will|would|not|cannot)$/u.test(tokens[i - 1]?.key ?? '');
    const val = net.valenceOf(t.key);
    if (how === 'none' || how === 'spec' || how === 'gen') {
      const w = isLight(t.bases) ? 'light' : verb ? 'verb' : 'word';
      add(`new_${how}_${w}`);
      if (val < 0 || isNegative(t)) add('new_neg');
      if (val > 0) add('new_pos');
      if (isActor(t.key)) add('new_actor');
      if (/ly$/u.test(t.key)) add('new_ly');
      if (net.sensesOf(t.bases[0] ?? '').length === 0) add('new_unknown');
    }
    if (how === 'wn' || how === 'list') { if (val < 0 || isNegative(t)) add('syn_neg'); }
    if (isStance(t.key) && how !== 'same') add('stance');
    if (opp.length && how !== 'same' && opp.some((p) => used.has(source.tokens[p]?.sentence ?? -1))) { add('opp_wn'); }
    if (opp.length && how === 'same') add('opp_same');
    if (how !== 'same' && source.tokens.some((o) => o.content && used.has(o.sentence) && areOpposite(t.bases, o.bases))) add('opp_list');
  }
  const best = [...bySentence].sort((a, b) => b[1] - a[1]);
  const top = best[0]?.[0] ?? -1;
  F.best1 = (best[0]?.[1] ?? 0) / Math.max(1, n);
  let best2 = 0;
  for (const [s] of best) { const c = cov.filter(({ places }) => places.some((p) => { const q = source.tokens[p]?.sentence; return q === s || q === s + 1; })).length; best2 = Math.max(best2, c); }
  F.best2 = best2 / Math.max(1, n);
  F.n = n;
  // scatter: consecutive content words of one clause whose places are far apart
  const placed = content.flatMap(({ i }) => { const p = alignment.at[i] ?? -1; return p === -1 ? [] : [{ i, p }]; });
  let far = 0, other = 0, back = 0, gap = 0;
  for (let k = 1; k < placed.length; k += 1) {
    const a = placed[k - 1], b = placed[k];
    if (!a || !b) continue;
    const sameClause = tokens[a.i]?.clause === tokens[b.i]?.clause;
    const d = b.p - a.p;
    if (source.tokens[a.p]?.sentence !== source.tokens[b.p]?.sentence) { if (sameClause) other += 1; add('jump_any'); }
    else if (Math.abs(d) > 12) { if (sameClause) far += 1; }
    else if (d < 0) back += 1;
    gap += Math.min(20, Math.abs(d));
  }
  F.far = far; F.other = other; F.back = back; F.gap = gap / Math.max(1, placed.length);
  F.sentences = new Set(placed.map(({ p }) => source.tokens[p]?.sentence)).size;
  // polarity
  const theirs = denialsIn(source.tokens).filter(({ first }) => used.has(source.tokens[first]?.sentence ?? -1));
  const span = new Set(placed.flatMap(({ p }) => Array.from({ length: 9 }, (_, o) => p - 4 + o)));
  const near = theirs.filter(({ first }) => span.has(first));
  F.den_more = Math.max(0, ownDenials.length - near.length);
  F.den_less = Math.max(0, near.length - ownDenials.length);
  F.den_own = ownDenials.length;
  const less = cuesIn(source.tokens, LESS).filter(({ first }) => span.has(first)).length;
  const ownLess = cuesIn(tokens, LESS).length;
  F.less_more = Math.max(0, ownLess - less);
  F.less_less = Math.max(0, less - ownLess);
  let vs = 0, vt = 0;
  for (const { t, i } of content) if (!inDenial.has(i)) vs += Math.sign(net.valenceOf(t.key));
  for (const [p, t] of source.tokens.entries()) if (span.has(p) && t.content) vt += Math.sign(net.valenceOf(t.key));
  F.val_up = Math.max(0, vs - vt); F.val_down = Math.max(0, vt - vs);
  // small words that source has not near
  const windowKeys = new Set(source.tokens.filter((t, p) => used.has(t.sentence)).map((t) => t.key));
  for (const t of tokens) if (SMALL.has(t.key) && !windowKeys.has(t.key)) add('small');
  for (const t of tokens) if (/^(?:should|must|can|could|may|might|will|would|need|needs|needed)$/u.test(t.key) && !windowKeys.has(t.key)) add('modal_new');
  const srcModal = source.tokens.filter((t, p) => span.has(p) && /^(?:should|must|can|could|may|might|would|need|needs|needed|called|recommended|importance|encouraged)$/u.test(t.key)).length;
  const ownModal = tokens.filter((t) => /^(?:should|must|can|could|may|might|would|need|needs|needed|called|recommended|importance|encouraged|ought|wanted|asked|urged)$/u.test(t.key)).length;
  F.modal_lost = srcModal > 0 && ownModal === 0 ? 1 : 0;
  // cause
  const c = linked(view);
  F.links = c.own; F.links_new = c.own > 0 && c.theirs === 0 ? 1 : 0; F.links_diff = Math.max(0, c.own - c.theirs);
  F.soft = c.soft;
  for (const f of faults) add(`f_${f.kind}`);
  // clauses
  const tags = tagsOf(view.sentence, tokens);
  const how = new Map(cov.map((c) => [c.i, c]));
  const isTold = (at: number): boolean => { const h = how.get(at)?.how; return h === undefined || h === 'same' || h === 'list' || h === 'wn' || h === 'ctx'; };
  const sentencesOf = (at: number): Set<number> => new Set((how.get(at)?.places ?? []).map((p) => source.tokens[p]?.sentence ?? -1));
  for (const clause of clausesOf(tokens, tags)) {
    const sides = [...clause.subject, ...clause.rest];
    const all = [...sides, ...clause.predicate];
    if (all.length === 0) continue;
    add('clauses');
    // the sentence of the source with most of it
    const votes = new Map<number, number>();
    for (const at of all) for (const s of sentencesOf(at)) votes.set(s, (votes.get(s) ?? 0) + 1);
    const [best = -1] = [...votes].sort((a, b) => b[1] - a[1])[0] ?? [];
    const inBest = (at: number): boolean => sentencesOf(at).has(best) || how.get(at)?.how === 'ctx' || how.get(at) === undefined;
    const near2 = (at: number): boolean => inBest(at) || sentencesOf(at).has(best - 1) || sentencesOf(at).has(best + 1);
    const share = (list: readonly number[], test: (at: number) => boolean): number => (list.length === 0 ? 1 : list.filter(test).length / list.length);
    const sideShare = share(sides, isTold);
    const light = clause.predicate.length > 0 && clause.predicate.every((at) => isLight(tokens[at]?.bases ?? []));
    for (const at of clause.predicate) {
      const h = how.get(at)?.how;
      if (h === 'none' || h === 'spec' || h === 'gen') {
        add(`p_${h}${light ? '_l' : ''}${clause.copula ? '_c' : ''}`);
        if (sideShare > 0.7) add('p_bridge');
        if (net.valenceOf(tokens[at]?.key ?? '') < 0 || isNegative(tokens[at]!)) add('p_neg');
      } else if (h === 'wn' || h === 'list') add('p_syn');
      if (h !== undefined && h !== 'none' && !inBest(at)) add(near2(at) ? 'p_next' : 'p_elsewhere');
    }
    F.c_subj = Math.max(F.c_subj ?? 0, 1 - share(clause.subject, inBest));
    F.c_rest = Math.max(F.c_rest ?? 0, 1 - share(clause.rest, inBest));
    F.c_all = Math.max(F.c_all ?? 0, 1 - share(all, inBest));
    F.c_all2 = Math.max(F.c_all2 ?? 0, 1 - share(all, near2));
    F.c_subj2 = Math.max(F.c_subj2 ?? 0, 1 - share(clause.subject, near2));
    const windowHas = new Set(source.tokens.filter((t) => t.sentence === best || t.sentence === best + 1 || t.sentence === best - 1).map((t) => t.key));
    for (const at of clause.particles) if (!windowHas.has(tokens[at]?.key ?? '')) add('particle');
    // order
    const placesIn = (list: readonly number[]): number[] => list.flatMap((at) => { const p = (how.get(at)?.places ?? []).filter((q) => source.tokens[q]?.sentence === best); return p.length === 1 ? p : []; });
    const [sp, rp] = [placesIn(clause.subject), placesIn(clause.rest)];
    if (sp.length > 0 && rp.length > 0) {
      const mid = (l: number[]): number => l.reduce((a, b) => a + b, 0) / l.length;
      if (mid(sp) > mid(rp)) add('swap');
      F.c_gap = Math.max(F.c_gap ?? 0, Math.min(20, Math.abs(mid(sp) - mid(rp))) / 20);
    }
  }
  F.cites = source.texts.length - 1;
  return F;
}

const SMALL = new Set('only all every always never already still merely just enough too less more most fully entirely largely wholly nothing none both alone sole solely even longer everywhere nowhere any anymore'.split(' '));
