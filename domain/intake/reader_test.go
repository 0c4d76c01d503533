package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hoso/domain"
)

// oracle reads a line with the tokens of encoding/json.
type oracle struct {
	d    *json.Decoder
	path []string
}

func (r *oracle) line(text []byte) (object, error) {
	if !utf8.Valid(text) {
		return nil, domain.Malformed("line.not_utf8", "", "")
	}
	r.d = json.NewDecoder(bytes.NewReader(text))
	r.d.UseNumber()
	v, err := r.value(0)
	if err != nil {
		return nil, err
	}
	o, ok := v.(object)
	if !ok {
		return nil, errNotJSON
	}
	if _, err := r.d.Token(); err != io.EOF {
		return nil, errNotJSON
	}
	return o, nil
}

func (r *oracle) value(depth int) (any, error) {
	t, err := r.d.Token()
	if err != nil || depth > maxDepth {
		return nil, errNotJSON
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			return r.object(depth)
		}
		all := []any{}
		for r.d.More() {
			v, err := r.value(depth + 1)
			if err != nil {
				return nil, err
			}
			all = append(all, v)
		}
		if _, err := r.d.Token(); err != nil {
			return nil, errNotJSON
		}
		return all, nil
	case string:
		return r.text(t)
	}
	return t, nil
}

func (r *oracle) object(depth int) (any, error) {
	o := object{}
	for r.d.More() {
		t, err := r.d.Token()
		if err != nil {
			return nil, errNotJSON
		}
		name, err := r.text(t.(string))
		if err != nil {
			return nil, err
		}
		r.path = append(r.path, name)
		if _, twice := o[name]; twice {
			return nil, domain.Malformed("line.repeated_field", clip(strings.Join(r.path, ".")), "")
		}
		if o[name], err = r.value(depth + 1); err != nil {
			return nil, err
		}
		r.path = r.path[:len(r.path)-1]
	}
	if _, err := r.d.Token(); err != nil {
		return nil, errNotJSON
	}
	return o, nil
}

func (r *oracle) text(s string) (string, error) {
	if strings.ContainsRune(s, utf8.RuneError) || strings.ContainsRune(s, 0) {
		return "", domain.Malformed("line.broken_text", clip(strings.Join(r.path, ".")), "")
	}
	return norm.NFC.String(s), nil
}

// FuzzReader has the reader agree with encoding/json on what a line says and on what is wrong with it, and the canonical form
// with what encoding/json writes: the fingerprints of everything that was ever recorded are made of that.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		`{"a":"b","c":[1,-0,2.50,1e9,1E-7,0.1e+1],"d":{"e":null,"f":true,"g":false}}`, ` { "a" : [ ] , "b" : { } } `, `{}`, ``, ` `, `null`, `[]`, `"a"`, `1`,
		`{"a":01}`, `{"a":1.}`, `{"a":.5}`, `{"a":-}`, `{"a":1e}`, `{"a":+1}`, `{"a":1 2}`, `{"a":truex}`, `{"a":tru}`, `{"a":1,}`, `{"a":[1,]}`, `{,}`, `{"a"}`, `{"a":}`,
		`{"a" 1}`, `{1:2}`, `{"a":1}}`, `{"a":1}x`, `{"a":1}{}`, `{"a":"`, `{"a":"\`, `{"a":"\"`, `{"a":"\q"}`, `{"a":"\u00e9\ud83d\ude00\/"}`, `{"a":"\ud83d"}`, `{"a":"\u0000"}`,
		"{\"a\":\"\t\"}", "{\"a\":\"\x7f\u2028<&>\"}", `{"a":1,"\u0061":2}`, `{"a":{"b":{"b":1,"b":2}}}`, "{\"o\u0302\u0300\":1,\"\u1ed3\":2}", "{\"a\":\"\ufffd\"}", "\xff", "{\"a\":1}\x00", "\ufeff{}",
		`{"a":` + strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth) + `}`, `{"a":` + strings.Repeat("[", maxDepth-1) + strings.Repeat("]", maxDepth-1) + `}`,
		`{"a":` + strings.Repeat(`{"a":`, maxDepth) + `1` + strings.Repeat("}", maxDepth) + `}`, `{"a":"b"` + "\u00a0" + `}`, `{"a":0,"\u0061"`, `{"a":NaN}`, `{"a":'b'}`, `{"a":1/*c*/}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		want, wrong := new(oracle).line([]byte(line))
		got, err := readLine([]byte(line))
		if domain.CodeOf(err) != domain.CodeOf(wrong) || fieldIn(err) != fieldIn(wrong) {
			t.Fatalf("%q: %v at %q, want %v at %q", line, err, fieldIn(err), wrong, fieldIn(wrong))
		}
		if err != nil {
			return
		}
		written, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if c := canonical(got); !bytes.Equal(c, written) {
			t.Fatalf("%q: %s, want %s", line, c, written)
		}
	})
}

func fieldIn(err error) string {
	var e *domain.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

var line = []byte(`{"occurred":"2024-04-03","data":{"person":"nguoi-1","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}`)

func BenchmarkReader(b *testing.B) {
	for b.Loop() {
		o, err := readLine(line)
		if err != nil {
			b.Fatal(err)
		}
		canonical(o)
	}
}

func BenchmarkOracle(b *testing.B) {
	for b.Loop() {
		o, err := new(oracle).line(line)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := json.Marshal(o); err != nil {
			b.Fatal(err)
		}
	}
}
