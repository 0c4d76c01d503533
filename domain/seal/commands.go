package seal

// Checkpoint seals the log as it is.
type Checkpoint struct {
	Note Note `json:"note" vi:"Dấu niêm phong" en:"Signed checkpoint"`
}

func (Checkpoint) CommandName() string { return "seal.checkpoint" }
