package intake

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hoso/domain"
)

// maxDepth is how deep values may lie in each other. The deepest line that means anything has three levels.
const maxDepth = 16

// object is a JSON object with its values as strings, json.Numbers, bools, nils, []any and objects. Marshalling it
// gives the canonical form: sorted names, no spaces, letters composed (NFC), numbers as they were written.
type object = map[string]any

// Object reads text that is one JSON object and nothing else: UTF-8, no name twice in an object, not too deep. Numbers stay as they
// were written. Errors: line.not_utf8, line.not_json, line.repeated_field.
func Object(text []byte) (map[string]any, error) { return readLine(text) }

// readLine reads the one object of a line.
func readLine(text []byte) (object, error) {
	if !utf8.Valid(text) {
		return nil, domain.Malformed("line.not_utf8", "", "dòng không phải UTF-8; hãy lưu lại tệp với mã UTF-8")
	}
	r := reader{d: json.NewDecoder(bytes.NewReader(text))}
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

var errNotJSON = domain.Malformed("line.not_json", "", "dòng không phải một đối tượng JSON trọn vẹn")

type reader struct {
	d    *json.Decoder
	path []string
}

func (r *reader) value(depth int) (any, error) {
	t, err := r.d.Token()
	if err != nil || depth > maxDepth {
		return nil, errNotJSON
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '[' {
			return r.list(depth)
		}
		return r.object(depth)
	case string:
		return r.text(t)
	}
	return t, nil
}

func (r *reader) list(depth int) (any, error) {
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
}

func (r *reader) object(depth int) (any, error) {
	o := object{}
	for r.d.More() {
		t, err := r.d.Token()
		if err != nil {
			return nil, errNotJSON
		}
		name, err := r.text(t.(string)) // the decoder lets nothing else stand here
		if err != nil {
			return nil, err
		}
		r.path = append(r.path, name)
		if _, twice := o[name]; twice {
			return nil, domain.Malformed("line.repeated_field", r.where(), "trường xuất hiện hai lần")
		}
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		o[name] = v
		r.path = r.path[:len(r.path)-1]
	}
	if _, err := r.d.Token(); err != nil {
		return nil, errNotJSON
	}
	return o, nil
}

// text composes letters, so that a name typed on one machine is the same on another, and refuses what was broken by a
// change of encoding: the replacement character, and half of a surrogate pair, which decodes to it.
func (r *reader) text(s string) (string, error) {
	if strings.ContainsRune(s, utf8.RuneError) || strings.ContainsRune(s, 0) {
		return "", domain.Malformed("line.broken_text", r.where(), "có ký tự bị hỏng khi chuyển mã")
	}
	return norm.NFC.String(s), nil
}

func (r *reader) where() string { return clip(strings.Join(r.path, ".")) }

// canonical returns the canonical form of what readLine read.
func canonical(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings, numbers and lists of them
	}
	return b
}

// clip keeps a name in an error short when somebody sends a book.
func clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}
