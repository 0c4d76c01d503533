package web

import (
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/intake"
)

// upload is a file on its way in: first its columns are mapped, then it is rehearsed, then it is imported.
type upload struct {
	ID      uuid.UUID
	Account string
	Name    string
	At      time.Time
	Command domain.CommandType // none for JSON Lines, of which each line says its own
	Rows    [][]string         // of a table
	Columns []int              // what each column holds, as intake.Map has it
	lines   []byte

	mu       sync.Mutex
	stage    stage
	sum      intake.Summary
	seen     int // lines that were decided so far
	total    int
	refusals []intake.Refusal
	fault    error
}

type stage string

// The stages of an upload.
const (
	stageMapping    stage = "mapping"
	stageRehearsing stage = "rehearsing"
	stageRehearsed  stage = "rehearsed"
	stageImporting  stage = "importing"
	stageDone       stage = "done"
	stageStopped    stage = "stopped" // while it was imported; what is recorded stays, and it may be imported again
)

// uploads keeps the files that people are about to import, each for its account. They hold personal data, so they live in
// memory, for a day, a few at a time.
type uploads struct {
	clock domain.Clock
	mu    sync.Mutex
	all   map[uuid.UUID]*upload
}

const (
	uploadsKept  = 24 * time.Hour
	uploadsOfOne = 5
	uploadsOfAll = 40
)

func newUploads(clock domain.Clock) *uploads {
	return &uploads{clock: clock, all: map[uuid.UUID]*upload{}}
}

var errManyUploads = &domain.Error{Kind: domain.Unavailable, Code: "web.too_many_uploads", Msg: "đang có quá nhiều tệp chờ nhập; hãy thử lại sau", En: "too many files wait to be imported; try again later"}

// put keeps an upload. Somebody's oldest one goes where there are too many.
func (u *uploads) put(one *upload) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	one.At = u.clock()
	var own []*upload
	for id, other := range u.all {
		switch {
		case one.At.Sub(other.At) > uploadsKept && !other.running():
			delete(u.all, id)
		case other.Account == one.Account:
			own = append(own, other)
		}
	}
	of := len(own)
	slices.SortFunc(own, func(a, b *upload) int { return a.At.Compare(b.At) })
	own = slices.DeleteFunc(own, (*upload).running) // of which there are fewer than uploadsOfOne, see Site.jobs
	if len(own) > 0 && of >= uploadsOfOne {
		delete(u.all, own[0].ID)
	}
	if len(u.all) >= uploadsOfAll {
		return errManyUploads
	}
	u.all[one.ID] = one
	return nil
}

func (u *uploads) drop(id uuid.UUID) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.all, id)
}

func (u *uploads) find(id uuid.UUID, account string) (*upload, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	one, ok := u.all[id]
	return one, ok && one.Account == account
}

func (u *uploads) of(account string) (all []*upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, one := range u.all {
		if one.Account == account {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b *upload) int { return b.At.Compare(a.At) })
	return all
}

func (u *upload) running() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.stage == stageRehearsing || u.stage == stageImporting
}

// begin tells whether a stage may begin, begins it, and returns the lines that it is about. before sets what they are made of.
func (u *upload) begin(next stage, before func(), from ...stage) (lines []byte, ok bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if !slices.Contains(from, u.stage) {
		return nil, false
	}
	if before != nil {
		before()
	}
	u.stage, u.seen, u.refusals, u.fault, u.sum = next, 0, nil, nil, intake.Summary{}
	return u.lines, true
}

func (u *upload) refuse(r intake.Refusal) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.seen++
	u.refusals = append(u.refusals, r)
}

func (u *upload) taken(intake.Taken) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.seen++
}

func (u *upload) end(next stage, sum intake.Summary, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.stage, u.sum, u.fault = next, sum, err
	slices.SortStableFunc(u.refusals, func(a, b intake.Refusal) int { return a.Line - b.Line })
}
