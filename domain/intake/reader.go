package intake

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hoso/domain"
)

// reader reads one JSON value strictly (RFC 8259): nothing twice in an object, nothing deeper than maxDepth, nothing broken in
// a text. Every command passes here, so it reads the bytes where they lie; the tokens of encoding/json cost three times as much.
type reader struct {
	text []byte // UTF-8
	at   int
	path []string // names of the objects around
}

// peek passes over spaces and returns the byte that follows; 0 at the end.
func (r *reader) peek() byte {
	for ; r.at < len(r.text); r.at++ {
		switch c := r.text[r.at]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// pass passes over a byte that has to follow.
func (r *reader) pass(c byte) error {
	if r.peek() != c {
		return errNotJSON
	}
	r.at++
	return nil
}

func (r *reader) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, errNotJSON
	}
	switch c := r.peek(); {
	case c == '{':
		return r.object(depth)
	case c == '[':
		return r.list(depth)
	case c == '"':
		return r.string()
	case c == '-' || '0' <= c && c <= '9':
		return r.number()
	}
	for _, l := range literals {
		if strings.HasPrefix(string(r.text[r.at:min(r.at+len(l.text), len(r.text))]), l.text) {
			r.at += len(l.text)
			return l.value, nil
		}
	}
	return nil, errNotJSON
}

var literals = []struct {
	text  string
	value any
}{{"true", true}, {"false", false}, {"null", nil}}

// each calls read for each member of an object or a list, and passes over what is between them.
func (r *reader) each(end byte, read func() error) error {
	r.at++ // what begins it
	if r.peek() == end {
		r.at++
		return nil
	}
	for {
		if err := read(); err != nil {
			return err
		}
		if r.peek() == end {
			r.at++
			return nil
		}
		if err := r.pass(','); err != nil {
			return err
		}
	}
}

func (r *reader) list(depth int) (any, error) {
	all := []any{}
	return all, r.each(']', func() error {
		v, err := r.value(depth + 1)
		all = append(all, v)
		return err
	})
}

func (r *reader) object(depth int) (any, error) {
	o := object{}
	err := r.each('}', func() error {
		if r.peek() != '"' {
			return errNotJSON
		}
		name, err := r.string()
		if err != nil {
			return err
		}
		r.path = append(r.path, name)
		if _, twice := o[name]; twice {
			return domain.Malformed("line.repeated_field", r.where(), "trường xuất hiện hai lần")
		}
		if err := r.pass(':'); err != nil {
			return err
		}
		o[name], err = r.value(depth + 1)
		if err == nil {
			r.path = r.path[:len(r.path)-1]
		}
		return err
	})
	return o, err
}

// string composes letters, so that a name typed on one machine is the same on another, and refuses what was broken by a
// change of encoding: the replacement character, and half of a surrogate pair, which decodes to it.
func (r *reader) string() (string, error) {
	end, escaped := r.at+1, false
	for end < len(r.text) && r.text[end] != '"' {
		switch c := r.text[end]; {
		case c < ' ':
			return "", errNotJSON
		case c == '\\':
			escaped = true
			end++
		}
		end++
	}
	if end >= len(r.text) {
		return "", errNotJSON
	}
	s := string(r.text[r.at+1 : end])
	if escaped {
		if json.Unmarshal(r.text[r.at:end+1], &s) != nil {
			return "", errNotJSON
		}
	}
	if r.at = end + 1; strings.ContainsRune(s, utf8.RuneError) || strings.ContainsRune(s, 0) {
		return "", domain.Malformed("line.broken_text", r.where(), "có ký tự bị hỏng khi chuyển mã")
	}
	return norm.NFC.String(s), nil
}

// number keeps a number as it is written.
func (r *reader) number() (any, error) {
	begin := r.at
	r.take("-")
	if !r.take("0") && !r.digits() || r.take(".") && !r.digits() {
		return nil, errNotJSON
	}
	if r.take("eE") {
		if r.take("+-"); !r.digits() {
			return nil, errNotJSON
		}
	}
	return json.Number(r.text[begin:r.at]), nil
}

// take passes over one of some bytes, where one follows.
func (r *reader) take(one string) bool {
	if r.at == len(r.text) || strings.IndexByte(one, r.text[r.at]) < 0 {
		return false
	}
	r.at++
	return true
}

func (r *reader) digits() (some bool) {
	for r.take("0123456789") {
		some = true
	}
	return some
}

func (r *reader) where() string { return clip(strings.Join(r.path, ".")) }
