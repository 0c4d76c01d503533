package sample

import "fmt"

// placeParts places what is left of a stated figure, after the acts of moves within it, and is theirs by what they are:
// the plans that the file states among the documents only, and takes them out of the rest.
func (t *Teller) placeParts(m *Move, rest *span) error {
	for i := range t.life.Moves {
		part := &t.life.Moves[i]
		if part.Within != m.Count {
			continue
		}
		for key, value := range part.As {
			n := rest.By[key][value]
			if n == 0 {
				continue
			}
			if err := t.placeBeside(part, n, *rest); err != nil {
				return err
			}
			rest.Value -= n
			rest.By[key][value] = 0
		}
	}
	return nil
}

// placeBeside places acts of a move on days of a span for which the move's own figure is not stated.
func (t *Teller) placeBeside(m *Move, n int64, s span) error {
	days := s.days
	for _, own := range t.stated[m.Count] {
		days = outside(days, own.days)
	}
	if len(days) == 0 {
		return fmt.Errorf("nhiều hơn %s của cùng kỳ", m.Count)
	}
	slots, err := t.slots(n, nil, days)
	if err != nil {
		return err
	}
	return t.settle(m, slots)
}
