package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"hoso/adapters/natskeys"
	"hoso/domain"
	"hoso/domain/transfer"
	"hoso/projections/report"
)

type copyCommand struct {
	From        string `required:"" help:"Nơi có sự kiện: thư mục dữ liệu, nats://… hoặc esdb://…" placeholder:"PLACE"`
	To          string `required:"" help:"Nơi nhận: thư mục dữ liệu, nats://… hoặc esdb://…; chỉ nhận khi trống hoặc đã có một phần của chính bản chép này." placeholder:"PLACE"`
	Keys        string `help:"Khi nguồn là esdb:// hoặc nats://: thư mục dữ liệu vẫn dùng với nguồn, nơi có khóa." placeholder:"DIR"`
	WithoutKeys bool   `help:"Chỉ chép sự kiện; nơi nhận chưa dùng được cho đến khi chép cả khóa."`
	Format      string `help:"table hoặc json." enum:"table,json" default:"table"`
	sourceFlags
	natsFlags
}

// copied is what a copy has come to, for programs.
type copied struct {
	Events uint64      `json:"events"` // in the source
	Cases  uint64      `json:"cases"`
	Digest string      `json:"digest"` // of all of them: the same in both places
	Copied uint64      `json:"copied"` // that came to the target meanwhile, also by another copy that ran at the same time
	More   uint64      `json:"more"`   // that the target has behind them
	Keys   *copiedKeys `json:"keys"`   // null where they stay where they are
	// Documents is how many came to the target with the keys; they stay where the keys stay.
	Documents int `json:"documents,omitempty"`
}

type copiedKeys struct {
	Persons int `json:"persons"`
	Copied  int `json:"copied"`
}

// Run copies the log and the sealed keys. The source is opened first: where it is not there, nothing is made at the
// target. Nothing is written before the offices, the key files and what the target has were compared; then the keys come
// before the events, and a note that the copy is not verified yet before both.
func (c copyCommand) Run(ctx context.Context, e *env) error {
	fromPlace, err := parsePlace("from", c.From)
	if err != nil {
		return err
	}
	toPlace, err := parsePlace("to", c.To)
	if err != nil {
		return err
	}
	source, target, err := c.sides(fromPlace, toPlace)
	if err != nil {
		return err
	}
	if dir, err := parsePlace("keys", c.Keys); c.Keys != "" && (err != nil || dir.dir == "") {
		return wrongFlag("keys", "hãy nêu thư mục dữ liệu; khóa ở NATS thì nêu máy chủ bằng --from-nats")
	}
	from, err := e.openSource(ctx, source)
	if err != nil {
		return err
	}
	defer from.close()
	keys, err := c.openKeys(ctx, e, from, toPlace)
	if err != nil {
		return err
	}
	if keys != from && keys != nil {
		defer keys.close()
	}
	if keys != nil && toPlace.dir != "" {
		if err := natskeys.CheckKEK(ctx, keys.nats, c.kekOf(keys), filepath.Join(toPlace.dir, "keys")); err != nil {
			return err
		}
	}
	to, err := e.openTarget(ctx, target, from, keys)
	if err != nil {
		return err
	}
	defer to.close()
	done := copied{}
	bars := copyBars{e: e}
	sum, err := transfer.Copy(ctx, from.log, to.log, transfer.Options{Progress: bars.show, Ready: func(ctx context.Context, missing bool) (err error) {
		bars.done()
		done.Keys, err = c.begin(ctx, e, keys, to, missing)
		return err
	}})
	bars.done()
	if err != nil {
		return to.why(ctx, err)
	}
	if done.Keys != nil { // they lie where the keys lie, and are there before their events
		if done.Documents, err = c.documents(ctx, e, keys, to); err != nil {
			return to.why(ctx, err)
		}
	}
	if to.nats != nil {
		if err := natskeys.SetCopying(ctx, to.nats, ""); err != nil {
			return err
		}
	}
	if err := admitCopy(from, keys, to); err != nil {
		return err
	}
	done.Events, done.Cases, done.Digest, done.Copied, done.More = sum.Events, sum.Cases, sum.Digest, sum.Copied, sum.More
	if c.Format == "json" {
		return writeJSON(e.out, done)
	}
	return done.write(e)
}

// admitCopy writes down in the data directories at hand that they go with the copy too, now that it is verified.
func admitCopy(from, keys, to *app) error {
	if to.dir != "" {
		return admit(to.dir, to.tie, to.tie)
	}
	for _, a := range []*app{from, keys} {
		if a != nil && a.dir != "" {
			if err := admit(a.dir, from.tie, to.tie); err != nil {
				return err
			}
		}
	}
	return nil
}

// openKeys opens where the sealed keys of the source are, nil where they stay there. It finds a copy whose persons
// nobody could read: EventStoreDB keeps no keys, and NATS not the one that opens the others.
func (c copyCommand) openKeys(ctx context.Context, e *env, from *app, to place) (*app, error) {
	switch {
	case c.WithoutKeys || to.eventStore != "" || c.Keys != "" && samePath(c.Keys, to.dir):
		return nil, nil
	case from.nats == nil && c.Keys != "":
		return e.openKeysAt(ctx, c.Keys, from.tie)
	case from.nats == nil:
		return nil, noKeys("EventStoreDB không giữ khóa dữ liệu cá nhân", "--keys hoặc máy chủ NATS giữ khóa bằng --from-nats")
	case to.dir != "" && from.dir == "" && c.Keys == "":
		return nil, noKeys("cụm NATS không giữ khóa mở các khóa khác (keys/kek)", "--keys")
	}
	return from, nil
}

func noKeys(why, flag string) error {
	return &domain.Error{Kind: domain.Usage, Code: "copy.keys_unknown",
		Msg: why + "; hãy nêu thư mục dữ liệu vẫn dùng với nguồn bằng " + flag + ", hoặc thêm --without-keys"}
}

// kekOf returns the directory of the file that opens the sealed keys.
func (c copyCommand) kekOf(keys *app) string { return filepath.Join(cmp.Or(keys.dir, c.Keys), "keys") }

// begin does what comes before the first event: the note that they are missing, and the keys, into a directory also the
// file that opens them.
func (c copyCommand) begin(ctx context.Context, e *env, keys, to *app, missing bool) (*copiedKeys, error) {
	name := ""
	if missing {
		name = to.tie.Name
	}
	switch {
	case to.nats == nil: // EventStoreDB has no place for the note; see admitCopy
		return nil, nil
	case keys == nil && missing:
		return nil, natskeys.SetCopying(ctx, to.nats, name)
	case keys == nil:
		return nil, nil
	}
	if to.dir != "" {
		if err := natskeys.CopyKEK(c.kekOf(keys), filepath.Join(to.dir, "keys")); err != nil {
			return nil, err
		}
	}
	bar := e.progress("Chép khóa", -1)
	options := natskeys.CopyOptions{AcceptUnsafe: c.AcceptUnsafe, Log: name, Progress: func(n, _ int) { bar.set(e, int64(n)) }}
	if to.dir == "" {
		options.Replicas = c.Replicas
	}
	sum, err := natskeys.Copy(ctx, keys.nats, to.nats, options)
	bar.done()
	if err != nil {
		return nil, err
	}
	return &copiedKeys{sum.Persons, sum.Copied}, nil
}

func (d copied) write(e *env) error {
	n := func(v uint64) string { return report.Number(int64(v)) }
	text := fmt.Sprintf("Đích nhận thêm %s sự kiện, nay có đủ %s sự kiện của %s hồ sơ, giống hệt nguồn\nDấu kiểm tra (SHA-256): %s\n", n(d.Copied), n(d.Events), n(d.Cases), d.Digest)
	if d.Keys != nil {
		text += fmt.Sprintf("Khóa dữ liệu cá nhân: %s người, chép mới %s; tài liệu chép mới: %s\n", n(uint64(d.Keys.Persons)), n(uint64(d.Keys.Copied)), n(uint64(d.Documents)))
	} else {
		text += "Khóa dữ liệu cá nhân và tài liệu: không chép, vẫn ở nơi cũ\n"
	}
	if d.More > 0 {
		text += fmt.Sprintf("Đích đã được dùng tiếp: có thêm %s sự kiện sau phần của nguồn\n", n(d.More))
	}
	_, err := fmt.Fprint(e.out, text)
	return err
}

// copyBars shows one bar for each step of a copy.
type copyBars struct {
	e    *env
	step transfer.Step
	bar  *progress
}

var copySteps = map[transfer.Step]string{
	transfer.Compare: "So sánh phần đã có", transfer.Write: "Chép sự kiện", transfer.VerifySource: "Đọc lại nguồn", transfer.VerifyTarget: "Đọc lại đích",
}

func (b *copyBars) show(p transfer.Progress) {
	if b.bar == nil || b.step != p.Step {
		b.done()
		b.bar, b.step = b.e.progress(copySteps[p.Step], int64(p.To)), p.Step
	}
	b.bar.set(b.e, int64(p.At))
}

func (b *copyBars) done() {
	if b.bar != nil {
		b.bar.done()
	}
}
