import { element } from './element.js';
import type { SideAt } from './side-at.js';

/** A copy of the machine's chart, in which the live state and the edge that led to it can be lit. */
export interface Chart {
  readonly node: HTMLElement;
  draw(side: SideAt): void;
}

export function createChart(owner: string): Chart {
  const template = document.querySelector<HTMLTemplateElement>('template#chart');
  const node = element('figure', { class: 'chart' });
  if (template) node.append(template.content.cloneNode(true));
  const svg = node.querySelector('svg');
  return {
    node,
    draw(side) {
      for (const lit of node.querySelectorAll('.live, .lit, .said')) lit.classList.remove('live', 'lit', 'said');
      if (side.state) node.querySelector(`.state-${side.state.name}`)?.classList.add('live');
      const edge = edgeOf(node, side);
      edge?.classList.add('lit');
      edge?.querySelector(`.fact-${side.last?.event.type}`)?.classList.add('said');
      // What is drawn last lies on top.
      if (edge) edge.parentNode?.append(edge);
      svg?.setAttribute('aria-label', `Chart of the machine, ${owner}: ${chartText(side)}`);
    },
  };
}

/** The edge of the state itself, or the one from any state; none where the fact left everything in its place. */
function edgeOf(node: HTMLElement, { last }: SideAt): Element | null {
  if (!last || !/^\w+$/.test(last.event.type)) return null;
  const { before, after, event } = last;
  const saying = (from: string) =>
    [...node.querySelectorAll(`.edge.from-${from}.to-${after.name}`)].find((edge) =>
      edge.querySelector(`.fact-${event.type}`),
    );
  return saying(before.name) ?? saying('any') ?? null;
}

function chartText({ state, last }: SideAt): string {
  if (!state) return 'nothing is known yet';
  return last ? `${state.name}, after ${last.event.type}` : state.name;
}
