// What the tests put into the page's window, to count and to change what only the page itself sees.
interface Window {
  /** What the policy refused: the rule and the address. */
  violations: string[];
  /** How often the ring of progress moved. */
  turns: number;
  /** What stood above the scale, and what had focus, when the list changed during the measuring. */
  early: string[];
  /** How the record button was before and after each press, and what stood on it. */
  pressed: string[];
  /** What was said to screen readers. */
  said: string[];
  /** The most often that one function was asked for in one frame. */
  most: number;
  /** Changes the list of microphones and says so to the page. */
  plug: (change: (plugged: string[]) => void) => void;
  axe: {
    run(options: {
      runOnly: string[];
    }): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
  };
}
