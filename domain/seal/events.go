package seal

// Checkpointed says what the log was.
type Checkpointed struct {
	Note Note `json:"note"`
}

// Final implements [domain.Final].
func (Checkpointed) Final() {}

func (Checkpointed) EventType() string { return "seal.checkpointed" }
