package seal

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"hoso/domain"
	dseal "hoso/domain/seal"
)

// Bundle is a proof that some events are in a sealed log. It is a JSON file that can be verified with the office's public key
// alone, also without this program: the leaf of each event is SHA-256(0x00 ‖ record), and the proofs are those of RFC 6962.
// It holds what the log holds, and no more: what is private in it is encrypted.
//
// It proves that the events are in the log, where, and that they are whole. It cannot prove that the case has no further ones.
type Bundle struct {
	Format     string          `json:"format"` // "hoso proof 1"
	Case       domain.StreamID `json:"case"`   // whose events these are
	Figure     *Figure         `json:"figure,omitempty"`
	Checkpoint dseal.Note      `json:"checkpoint"`
	// Earlier is the first checkpoint that covers the events, where that is another one, and the proof that the log only
	// grew between the two.
	Earlier *Earlier `json:"earlier,omitempty"`
	Events  []Proven `json:"events"`
}

// Earlier is an earlier checkpoint with the proof that it is the beginning of the later one.
type Earlier struct {
	Checkpoint dseal.Note     `json:"checkpoint"`
	Proof      tlog.TreeProof `json:"proof"`
}

// Proven is an event with the proof that it is in the log.
type Proven struct {
	Position domain.Ordinal   `json:"position"`
	Record   []byte           `json:"record"` // domain.Recorded.AppendRecord
	Proof    tlog.RecordProof `json:"proof"`
}

const format = "hoso proof 1"

var errNotSealed = &domain.Error{Kind: domain.NotFound, Code: "seal.not_sealed", Msg: "chưa có dấu niêm phong nào bao gồm các sự kiện này; hãy chạy hoso seal"}

// Prove completes a bundle: the checkpoints and the proofs of events that were read from the log, each with its position.
// Where no checkpoint covers them all yet it is NotFound (seal.not_sealed).
func (r *Reader) Prove(ctx context.Context, b Bundle, events map[domain.Ordinal]domain.Recorded) (Bundle, error) {
	b.Format = format
	last := domain.Ordinal(0)
	for at, e := range events {
		last = max(last, at)
		b.Events = append(b.Events, Proven{at, e.AppendRecord(nil), nil})
	}
	slices.SortFunc(b.Events, func(a, b Proven) int { return int(int64(a.Position) - int64(b.Position)) })
	err := r.look(ctx, func(tx *sql.Tx) error {
		latest, err := made(tx.QueryRowContext(ctx, selectMade+"WHERE size >= ? ORDER BY size DESC LIMIT 1", int64(last)))
		if err != nil {
			return err
		}
		if latest.Size == 0 {
			return errNotSealed
		}
		first, err := made(tx.QueryRowContext(ctx, selectMade+"WHERE size >= ? ORDER BY size LIMIT 1", int64(last)))
		if err != nil {
			return err
		}
		nodes := read(kept{ctx, tx})
		b.Checkpoint = latest.Note
		if first.Size < latest.Size {
			proof, err := tlog.ProveTree(int64(latest.Size), int64(first.Size), nodes)
			if err != nil {
				return err
			}
			b.Earlier = &Earlier{first.Note, proof}
		}
		for i, e := range b.Events {
			if b.Events[i].Proof, err = tlog.ProveRecord(int64(latest.Size), int64(e.Position)-1, nodes); err != nil {
				return err
			}
		}
		return nil
	})
	return b, err
}

// Parse reads a bundle. A field that it does not know is an error: it could change what is claimed.
func Parse(data []byte) (b Bundle, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err = d.Decode(&b); err == nil && d.More() {
		err = errors.New("more than one value")
	}
	if err == nil && b.Format != format {
		err = fmt.Errorf("format %q, this program knows %q", b.Format, format)
	}
	if err != nil {
		return Bundle{}, &domain.Error{Kind: domain.Invalid, Code: "proof.malformed", Msg: "không phải tệp chứng minh của hoso", Err: err}
	}
	return b, nil
}

// Check verifies a bundle with public keys and nothing else. It returns the events, in their order in the log; they are
// worth something only where the verdict is good.
func (b Bundle) Check(t Trust) (v Verdict, events map[domain.Ordinal]domain.Recorded) {
	v, events = Verdict{OK: true, Problems: []Problem{}}, map[domain.Ordinal]domain.Recorded{}
	c, _, err := t.Open(b.Checkpoint)
	if err != nil {
		v.Add(domain.CodeOf(err), 0, "%v", err)
		return v, events
	}
	v.Position, v.Root, v.Sealed, v.Checkpoints = c.Size, c.Root.String(), c.Size, 1
	b.checkEarlier(t, c, &v)
	version := uint64(0)
	for _, p := range b.Events {
		e, ok := p.check(c, &v)
		if _, twice := events[p.Position]; !ok || twice {
			if twice {
				v.Add("proof.twice", p.Position, "sự kiện có hai lần trong tệp")
			}
			continue
		}
		events[p.Position] = e
		v.Events++
		if e.Stream != b.Case {
			continue
		}
		if e.Version != version+1 {
			v.Add("proof.version_gap", p.Position, "thiếu phiên bản %d của hồ sơ", version+1)
		}
		version = e.Version
	}
	if version == 0 {
		v.Add("proof.no_events", 0, "tệp không có sự kiện nào của hồ sơ %s", b.Case)
	}
	return v, events
}

func (b Bundle) checkEarlier(t Trust, latest Checkpoint, v *Verdict) {
	if b.Earlier == nil {
		return
	}
	c, _, err := t.Open(b.Earlier.Checkpoint)
	if err != nil {
		v.Add(domain.CodeOf(err), 0, "%v", err)
		return
	}
	v.Checkpoints++
	if err := tlog.CheckTree(b.Earlier.Proof, int64(latest.Size), latest.Root, int64(c.Size), c.Root); err != nil {
		v.Add("proof.not_grown", 0, "nhật ký của dấu sau không phải là phần nối dài của nhật ký của dấu trước")
	}
	for _, p := range b.Events {
		if p.Position > c.Size {
			v.Add("proof.not_covered", p.Position, "dấu trước không bao gồm sự kiện này")
			return
		}
	}
}

// check verifies that an event is in the log of a checkpoint.
func (p Proven) check(c Checkpoint, v *Verdict) (domain.Recorded, bool) {
	if err := tlog.CheckRecord(p.Proof, int64(c.Size), c.Root, int64(p.Position)-1, tlog.RecordHash(p.Record)); err != nil {
		v.Add("proof.not_in_log", p.Position, "sự kiện không có trong nhật ký đã niêm phong, hoặc đã bị đổi")
		return domain.Recorded{}, false
	}
	e, err := domain.ParseRecord(p.Record)
	if err != nil {
		v.Add("proof.unreadable", p.Position, "%v", err)
		return e, false
	}
	return e, true
}

// Write returns the bundle as a file.
func (b Bundle) Write() ([]byte, error) {
	out, err := json.MarshalIndent(b, "", " ")
	return append(out, '\n'), err
}
