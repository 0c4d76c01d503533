package sample

// lives lists the kinds of case that can be told. Two kinds may be of one case type: a dossier and an allowance.
func lives() []Life {
	return []Life{unemploymentLife}
}

// state writes the figures that an authority states.
func (w *World) state(reported []Target) error { return nil }
