package eventlogtest

import (
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
)

// roundTrip appends one event and checks that it comes back as it went in, both ways.
func (s *subject) roundTrip(d domain.Draft) {
	s.Helper()
	id := s.stream()
	start := s.head()
	tail := s.append(id, domain.Tail{}, d)
	want := []domain.Recorded{{Stream: id, Version: 1, Position: tail.Position, Draft: d}}
	s.same("the event read back", s.read(id, 0), want)
	s.same("the event followed", s.follow(start).only(id).take(1), want)
}

// stored returns a draft with this JSON text.
func stored(data string) domain.Draft {
	d := drafts(1)[0]
	d.Data = []byte(data)
	return d
}

var content = []clause{
	{"content/every field comes back", "a field forgotten between the draft and the disk", false, func(s *subject) {
		s.roundTrip(domain.Draft{
			ID: uuid.New(), Type: "suite.something_happened", Schema: 7,
			Meta: domain.Meta{
				Actor:   domain.Actor{ID: "nguyen.thi.lan", Role: "approver", Unit: "20.01"},
				Command: uuid.New(), Fingerprint: "b64:Zm9v+/=", Correlation: uuid.New(), Causation: uuid.New(),
				Occurred: 20240229, Recorded: time.Date(2024, 3, 1, 16, 59, 59, 123456000, time.UTC),
			},
			Data: []byte(`{"a":1}`),
		})
	}},
	{"content/what was left out stays out", "defaults filled in: zero ids, dates, roles", false, func(s *subject) {
		s.roundTrip(domain.Draft{
			ID: uuid.New(), Type: "suite.happened", Schema: 1,
			Meta: domain.Meta{Actor: domain.Actor{ID: "lan"}, Command: uuid.New(), Recorded: time.Unix(1, 0).UTC()},
			Data: []byte(`{}`),
		})
	}},
	{"content/recorded is UTC in whole microseconds", "a local time zone, or milliseconds", false, func(s *subject) {
		id, d := s.stream(), drafts(1)[0]
		d.Meta.Recorded = time.Date(2024, 12, 31, 23, 59, 59, 999999000, time.UTC)
		s.append(id, domain.Tail{}, d)
		for _, e := range s.read(id, 0) {
			s.same("recorded", e.Meta.Recorded.Format(time.RFC3339Nano), "2024-12-31T23:59:59.999999Z")
			s.same("zone", e.Meta.Recorded.Location().String(), "UTC")
		}
	}},
	{"content/Vietnamese and emoji", "text normalised, or cut between code units", false, func(s *subject) {
		s.roundTrip(stored("{\"composed\":\"H\u1eefu L\u0169ng\",\"combining\":\"Hu\u031b\u0303u Lu\u0303ng\",\"đ\":\"Đồng Đăng\",\"emoji\":\"👩\u200d🌾🇻🇳\"}"))
		s.roundTrip(stored(`{"zero":"a\u0000b","lone":"\ud800"}`))
	}},
	{"content/JSON is kept byte for byte", "JSON parsed and written anew: spaces, order, numbers", false, func(s *subject) {
		for _, data := range []string{
			`{ "b" : 1.0,  "a":1e2, "big":12345678901234567890.10 }`,
			`{"html":"<a href='x'>&</a>","escaped":"\u003c\u0111\/","line":"\u2028"}`,
			`{"a":{"z":[],"y":null,"x":[ ]}}`,
			`"just text"`, `12`, `null`, `[1, 2]`,
		} {
			s.roundTrip(stored(data))
		}
	}},
	{"content/actors with odd names", "a header that a line break ends, or a name cut short", false, func(s *subject) {
		for _, name := range []string{
			"two\r\nlines: x", `quo"te\back'slash`, "Nguyễn Thị Lan 👩", " padded ", "a,b;c=d", strings.Repeat("dài ", 400),
		} {
			d := drafts(1)[0]
			d.Meta.Actor = domain.Actor{ID: name, Role: name, Unit: name}
			s.roundTrip(d)
		}
	}},
	{"content/ids of any kind", "an id that is taken for one of a certain version", false, func(s *subject) {
		for _, text := range []string{
			"ffffffff-ffff-ffff-ffff-ffffffffffff", "00000000-0000-0000-0000-000000000001", "0190a0a0-0000-7000-8000-000000000001",
			"6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6ba7b810-9dad-51d1-00b4-00c04fd430c8",
		} {
			d := drafts(1)[0]
			d.ID = uuid.MustParse(text)
			d.Meta.Command, d.Meta.Correlation, d.Meta.Causation = d.ID, d.ID, d.ID
			s.roundTrip(d)
		}
	}},
	{"content/sizes around powers of two", "a length kept in too few bits, or a buffer one byte short", false, func(s *subject) {
		for _, n := range []int{127, 128, 255, 256, 4095, 4096, 4097, 32767, 32768, 65535, 65536, 65537, 262144} {
			s.roundTrip(scattered(n))
		}
	}},
}

// scattered returns a draft with n bytes of data that no compression makes much smaller.
func scattered(n int) domain.Draft {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	data := make([]byte, n)
	for i := range data {
		data[i] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"[random.IntN(64)]
	}
	data[0], data[n-1] = '"', '"'
	return stored(string(data))
}
