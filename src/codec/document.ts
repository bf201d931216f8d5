import type { Element } from '../protocol/element.js';
import type { Problem } from '../protocol/problem.js';
import { type Coder, err, type Result } from '../protocol/result.js';

/** What turns a root element into a value and back. */
export interface Form<Value> {
  read(element: Element): Result<Value>;
  write(value: Value): Element;
  /** What keeps a value from being written, if anything. */
  fault(value: Value): Problem | null;
}

/** A coder of whole WBXML documents that hold one value. */
export function documentCoder<Value>(wbxml: Coder<Element, Uint8Array>, form: Form<Value>): Coder<Value, Uint8Array> {
  return {
    encode(value) {
      const fault = form.fault(value);
      return fault ? err(fault) : wbxml.encode(form.write(value));
    },
    decode(input) {
      const root = wbxml.decode(input);
      return root.ok ? form.read(root.value) : root;
    },
  };
}
