/** The line that says what happened last: seen at once, and spoken in measure, a run of events as its last. */
export interface Status {
  say(text: string): void;
  /** Holds the voice back as long as something runs. */
  hold(isHeld: boolean): void;
}

/** As much of an element as it takes. */
export interface Line {
  textContent: string | null;
  ariaLive: string | null;
}

export function createStatus(node: Line): Status {
  let isHeld = false;
  let isUnspoken = false;
  let rest: ReturnType<typeof setTimeout> | null = null;

  const speak = (text: string) => {
    isUnspoken = false;
    node.ariaLive = 'polite';
    // Said anew even where it is the same: only what changes is spoken.
    node.textContent = text;
    rest = setTimeout(() => {
      rest = null;
      catchUp();
    }, REST);
  };
  const catchUp = () => {
    if (isUnspoken && !isHeld && rest === null) speak(node.textContent ?? '');
  };
  return {
    say(text) {
      if (!isHeld && rest === null) {
        speak(text);
        return;
      }
      isUnspoken = true;
      node.ariaLive = 'off';
      node.textContent = text;
    },
    hold(held) {
      isHeld = held;
      catchUp();
    },
  };
}

/** Milliseconds between two sentences. */
const REST = 2000;
