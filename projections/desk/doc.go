// Package desk is where what people ask meets what they may: the one way to the cases and figures for the HTTP API and for
// the pages.
//
//	request with its caller ─▶ Desk ─┬─▶ may the caller? ─▶ intake ─▶ Handler ─▶ log      (Do, Import)
//	                                 └─▶ may the caller? ─▶ wait for a position ─▶ views  (everything else)
//
// Guarantees:
//
//   - Nothing is done or shown for a caller whose grants do not allow it at that moment; without a caller nothing is.
//   - The actor of an event is the caller, with the role and the unit that allowed it. A request cannot name another.
//   - A write that returned is durable. Its receipt names its position, once the views have passed it.
//   - A case that the caller may not read answers like one that does not exist, and no list names it: not that of the events behind
//     a figure, either.
//   - Reports are remembered by position (64 of them), and figures until something moves them, so a screen that many look at is counted
//     once for each change.
//   - What is private is shown by Person alone, and only after the reading was recorded.
//
// All methods may be called at once from many goroutines.
package desk
