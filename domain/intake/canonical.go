package intake

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"hoso/domain"
)

// maxDepth is how deep values may lie in each other. The deepest line that means anything has three levels.
const maxDepth = 16

// object is a JSON object with its values as strings, json.Numbers, bools, nils, []any and objects.
type object = map[string]any

// Object reads text that is one JSON object and nothing else: UTF-8, no name twice in an object, not too deep. Numbers stay as they
// were written. Errors: line.not_utf8, line.not_json, line.repeated_field.
func Object(text []byte) (map[string]any, error) { return readLine(text) }

// readLine reads the one object of a line.
func readLine(text []byte) (object, error) {
	if !utf8.Valid(text) {
		return nil, domain.Malformed("line.not_utf8", "", "dòng không phải UTF-8; hãy lưu lại tệp với mã UTF-8")
	}
	r := reader{text: text}
	v, err := r.value(0)
	if err != nil {
		return nil, err
	}
	o, ok := v.(object)
	if !ok || r.peek() != 0 || r.at != len(text) {
		return nil, errNotJSON
	}
	return o, nil
}

var errNotJSON = domain.Malformed("line.not_json", "", "dòng không phải một đối tượng JSON trọn vẹn")

// canonical returns the canonical form of what readLine read: sorted names, no spaces, letters composed (NFC), numbers as they
// were written; byte for byte what encoding/json writes. Fingerprints are made of it, so it never changes.
func canonical(v any) []byte { return appendCanonical(make([]byte, 0, 256), v) }

func appendCanonical(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendString(b, v)
	case json.Number:
		return append(b, v...)
	case []any:
		b = append(b, '[')
		for i, one := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendCanonical(b, one)
		}
		return append(b, ']')
	case object:
		b = append(b, '{')
		for i, name := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendCanonical(append(appendString(b, name), ':'), v[name])
		}
		return append(b, '}')
	}
	return append(b, marshal(v)...)
}

func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ', c >= utf8.RuneSelf, c == '"', c == '\\', c == '<', c == '>', c == '&':
			return append(b, marshal(s)...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts, truth values and null
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
