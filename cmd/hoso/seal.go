package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	dseal "hoso/domain/seal"
	"hoso/projections/report"
	"hoso/projections/seal"
)

// signing is where the office's signing keys are kept.
type signing interface {
	SealKeys(ctx context.Context) ([]domain.Key, error)
	NewSealKey(ctx context.Context, n int) (domain.Key, error)
}

type sealCommand struct {
	storeFlags
	NewKey bool   `help:"Từ nay ký bằng một khóa mới; khóa cũ chỉ còn để kiểm tra những gì nó đã ký."`
	Format string `help:"table hoặc json." enum:"table,json" default:"table"`
}

// sealed is a checkpoint, for programs.
type sealed struct {
	Position domain.Ordinal `json:"position"`
	Note     dseal.Note     `json:"note"`
	Keys     []string       `json:"keys"` // public keys, the oldest first
}

// Run seals the log as it is now, and prints the note and the public keys: what an auditor keeps elsewhere.
func (c sealCommand) Run(ctx context.Context, e *env) error {
	a, err := e.openCaughtUp(ctx, c.storeFlags)
	if err != nil {
		return err
	}
	defer a.close()
	note, err := a.seal(ctx, c.NewKey)
	if err != nil {
		return a.why(ctx, err)
	}
	said := sealed{Note: note}
	said.Position, _ = note.Size()
	if said.Keys, err = a.publicKeys(ctx); err != nil {
		return err
	}
	if c.Format == "json" {
		return writeJSON(e.out, said)
	}
	_, err = fmt.Fprintf(e.out, "Đã niêm phong đến vị trí %s. Hãy giữ dấu và khóa công khai dưới đây ở nơi khác, ngoài máy này.\n\n%s\n%s\n",
		report.Number(int64(said.Position)), note, strings.Join(said.Keys, "\n"))
	return err
}

// publicKeys are those that checkpoints are verified with, the oldest first.
func (a *app) publicKeys(ctx context.Context) (all []string, err error) {
	keys, err := a.signing.SealKeys(ctx)
	for _, k := range keys {
		all = append(all, seal.PublicKey(k))
	}
	return all, err
}

var errNothing = &domain.Error{Kind: domain.NotFound, Code: "seal.nothing", Msg: "nhật ký chưa có sự kiện nào để niêm phong"}

// seal makes a checkpoint of the log as far as the views have come, and returns it; the last one where nothing has come
// since. It signs no log that does not go on from what was signed before: the last checkpoint in the log, and the last one that
// was made in this directory.
func (a *app) seal(ctx context.Context, newKey bool) (dseal.Note, error) {
	state, err := a.seals.State(ctx)
	if err != nil {
		return "", err
	}
	if state.Position == 0 {
		return "", errNothing
	}
	kept, err := readCheckpoint(a.dir)
	if err != nil {
		return "", err
	}
	keys, err := a.signing.SealKeys(ctx)
	if err != nil {
		return "", err
	}
	for _, before := range []dseal.Note{kept, state.Last.Note} {
		err := a.goesOn(ctx, seal.TrustOf(keys), before)
		if newKey && domain.CodeOf(err) == "seal.unknown_key" {
			continue // the keys were lost; the public keys that others have still verify it
		}
		if err != nil {
			return "", err
		}
	}
	if state.Unsealed() == 0 && !newKey {
		return state.Last.Note, writeCheckpoint(a.dir, state.Last.Note)
	}
	if len(keys) == 0 || newKey {
		key, err := a.signing.NewSealKey(ctx, len(keys)+1)
		if err != nil {
			return "", err
		}
		keys = append(keys, key)
	}
	c, err := a.seals.At(ctx, state.Position)
	if err != nil {
		return "", err
	}
	note, err := seal.Sign(c, keys[len(keys)-1])
	if err != nil {
		return "", err
	}
	today := calendar.On(a.clock())
	id := domain.StreamID{Type: seal.CaseType, ID: a.names.Case(seal.CaseType, calendar.Civil.MonthOf(today).String())}
	_, err = a.handler.Handle(ctx, domain.Request{ID: uuid.New(), Case: id, Command: dseal.Checkpoint{Note: note}, Occurred: today, Actor: domain.Actor{ID: "hoso"}})
	if err != nil {
		return "", err
	}
	return note, writeCheckpoint(a.dir, note)
}

// goesOn tells whether the log has the events of an earlier checkpoint at its beginning.
func (a *app) goesOn(ctx context.Context, keys seal.Trust, before dseal.Note) error {
	if before == "" {
		return nil
	}
	c, _, err := keys.Open(before)
	if err != nil {
		return err
	}
	now, err := a.seals.At(ctx, c.Size)
	if domain.CodeOf(err) == "seal.beyond_end" || err == nil && now != c {
		return &domain.Error{Kind: domain.Rejected, Code: "seal.inconsistent", Msg: fmt.Sprintf(
			"nhật ký không còn như khi được niêm phong đến vị trí %d nên không ký tiếp; hãy chạy hoso verify (khôi phục từ bản sao lưu cũ hơn thì xóa tệp %s rồi niêm phong lại)",
			c.Size, filepath.Join(a.dir, checkpointName))}
	}
	return err
}

// sealPublication seals a report that was published. Where that fails the report is published all the same.
func (a *app) sealPublication(ctx context.Context, e *env) {
	err := a.catchUp(ctx, e)
	note := dseal.Note("")
	if err == nil {
		note, err = a.seal(ctx, false)
	}
	if err != nil {
		e.warn(fmt.Sprintf("báo cáo đã phát hành nhưng chưa niêm phong được: %v; hãy chạy hoso seal [%s]", err, domain.CodeOf(err)))
		return
	}
	size, _ := note.Size()
	fmt.Fprintf(e.out, "Đã niêm phong nhật ký đến vị trí %s; dấu ở %s, hãy lưu cùng báo cáo.\n", report.Number(int64(size)), filepath.Join(a.dir, checkpointName))
}

const checkpointName = "checkpoint"

// readCheckpoint returns the last checkpoint that was made in a directory, "" where there is none.
func readCheckpoint(dir string) (dseal.Note, error) {
	b, err := os.ReadFile(filepath.Join(dir, checkpointName))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", unusable(err)
	}
	return dseal.Note(b), nil
}

func writeCheckpoint(dir string, n dseal.Note) error {
	if has, err := readCheckpoint(dir); err == nil && has == n {
		return nil
	}
	return replace(dir, checkpointName, []byte(n))
}

// replace writes a file of a directory anew, whole and on disk, for its owner alone.
func replace(dir, name string, content []byte) error {
	f, err := os.CreateTemp(dir, "."+name+"-*") // mode 0600
	if err != nil {
		return unusable(err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return unusable(err)
	}
	if err := os.Rename(f.Name(), filepath.Join(dir, name)); err != nil {
		return unusable(err)
	}
	return nil
}
