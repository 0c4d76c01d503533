package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoso/domain"
	"hoso/projections/seal"
)

// TestProve: a bundle is verified with the public key and nothing else, also years later, and holds nobody's name.
func TestProve(t *testing.T) {
	t.Parallel()
	data, keys := sealedOffice(t)
	out := filepath.Join(t.TempDir(), "proof.json")
	alter := func(change func(*seal.Bundle)) string {
		t.Helper()
		var b seal.Bundle
		if err := json.Unmarshal([]byte(read(t, out)), &b); err != nil {
			t.Fatal(err)
		}
		change(&b)
		content, err := b.Write()
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "altered.json")
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	good := func(events uint64) {
		t.Helper()
		if v := verdict(t, out, "--key", keys[0]); !v.OK || v.Events != events || v.Position != 12 {
			t.Errorf("%+v", v)
		}
	}
	bad := func(code string, change func(*seal.Bundle)) {
		t.Helper()
		if v := verdict(t, alter(change), "--key", keys[0]); v.OK || len(v.Problems) == 0 || v.Problems[0].Code != code {
			t.Errorf("want %s, got %+v", code, v)
		}
	}

	must(t, "prove", "--data", data, "unemployment/TN 01/2024", "--out", out)
	good(3)
	bad("proof.not_in_log", func(b *seal.Bundle) {
		b.Events[0].Record = bytes.Replace(b.Events[0].Record, []byte("06550"), []byte("06551"), 1)
	})
	bad("proof.no_events", func(b *seal.Bundle) { b.Events = nil })

	must(t, "prove", "--data", data, "person/NLD-1", "--out", out)
	good(1)
	all := ""
	for _, e := range mustBundle(t, out).Events {
		all += string(e.Record)
	}
	for _, private := range []string{"Lan", "020185001234", "1985-02"} {
		if strings.Contains(all, private) || !strings.Contains(all, "sealed") {
			t.Errorf("the bundle holds %q in clear", private)
		}
	}

	april := []string{"prove", "--data", data, "--report", "2024-04", "--area", "20", "--out", out}
	must(t, april...)
	good(5)
	must(t, append(april, "--indicator", "unemployment.claims")...)
	good(5 + 2)
	if r := hoso(t, "verify", out, "--key", keys[0]); !strings.Contains(r.out, "unemployment.claims = 2 trong lần phát hành 1, từ 2 sự kiện") {
		t.Error(r.out)
	}
	bad("proof.other_figure", func(b *seal.Bundle) { b.Figure.Value++; b.Figure.Parts[0].Quantity++ })
	bad("proof.other_sum", func(b *seal.Bundle) { b.Figure.Parts = b.Figure.Parts[:1] })
	bad("proof.other_quantity", func(b *seal.Bundle) { b.Figure.Parts[0].Quantity, b.Figure.Parts[1].Quantity = 2, 0 })
	bad("proof.other_quantity", func(b *seal.Bundle) { b.Figure.Parts[1] = b.Figure.Parts[0] })
	bad("proof.other_quantity", func(b *seal.Bundle) { b.Figure.Parts[0].Position = 1 })
	bad("proof.no_publication", func(b *seal.Bundle) { b.Figure.Issue = 2 })
	must(t, append(april, "--indicator", "unemployment.receiving")...)
	if v := verdict(t, out, "--key", keys[0]); !v.OK {
		t.Errorf("%+v", v)
	}

	fails(t, 2, "usage", "verify", out)
	if r := hoso(t, "verify", out, "--key", seal.PublicKey(domain.Key{1})); r.code != 3 || !strings.Contains(r.out, "seal.unknown_key") {
		t.Errorf("%+v", r)
	}
	fails(t, 3, "proof.malformed", "verify", file(t, "small.jsonl"), "--key", keys[0])
	fails(t, 3, "seal.not_sealed", "prove", "--data", data, "unemployment/TN 03/2024", "--out", out)
	fails(t, 3, "case.not_found", "prove", "--data", data, "unemployment/TN 99/2024", "--out", out)
	fails(t, 3, "period.not_published", "prove", "--data", data, "--report", "2024-03", "--area", "20", "--out", out)
	fails(t, 3, "prove.not_published", append(april, "--indicator", "poverty.poor_households")...)
	fails(t, 2, "usage", append(april, "--indicator", "unemployment.average_level")...)
	fails(t, 2, "usage", append(april, "unemployment/TN 01/2024")...)
	fails(t, 2, "usage", "prove", "--data", data, "--out", out)

	// A later checkpoint: the bundle also proves that the log only grew since the first one.
	must(t, "seal", "--data", data)
	must(t, "prove", "--data", data, "unemployment/TN 01/2024", "--out", out)
	if v := verdict(t, out, "--key", keys[0]); !v.OK || v.Position != 15 || v.Checkpoints != 2 {
		t.Errorf("%+v", v)
	}
	bad("proof.not_grown", func(b *seal.Bundle) { b.Earlier.Proof = b.Earlier.Proof[1:] })
}

func mustBundle(t *testing.T, name string) seal.Bundle {
	t.Helper()
	b, err := seal.Parse([]byte(read(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
