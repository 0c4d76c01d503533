package sqliteaccess

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"hoso/domain"
	"hoso/projections/desk"
)

// Mark is a place in the log. Its chain stands for everything up to there: kept elsewhere, it shows later that nothing up
// to there was changed or removed.
type Mark struct {
	Number uint64 // of the reading; 0: before the first
	Chain  [sha256.Size]byte
}

// chainKey makes the key of the chain, so that the office's secret serves one purpose at a time.
func chainKey(office domain.Key) domain.Key {
	h := hmac.New(sha256.New, office[:])
	_, _ = h.Write([]byte("hoso access log"))
	return domain.Key(h.Sum(nil))
}

// next returns the mark of a reading that follows another mark: HMAC-SHA256 over the mark before and all that the reading
// says, each text with its length before it. It is keyed: who has the file and not the office's key cannot make a chain.
func (l *Log) next(before Mark, r desk.Reading) Mark {
	h := hmac.New(sha256.New, l.key[:])
	_, _ = h.Write(before.Chain[:])
	number := func(n uint64) { _, _ = h.Write(binary.BigEndian.AppendUint64(nil, n)) }
	number(r.Number)
	number(uint64(r.At.UnixMicro()))
	for _, s := range []string{r.Account, r.Role, r.Unit, r.Via, r.From, r.Case.Type, string(r.Purpose)} {
		number(uint64(len(s)))
		_, _ = h.Write([]byte(s))
	}
	_, _ = h.Write(r.Person.UUID[:])
	_, _ = h.Write(r.Case.ID[:])
	return Mark{r.Number, [sha256.Size]byte(h.Sum(nil))}
}

// Verify reads the whole log and tells whether it is as it was written: no reading changed, left out, put in or moved, and
// each of the marks still its own. It returns the mark of the end. Without a mark it cannot tell that the last readings
// were cut off. Its error is access.broken, which names the first reading that is not as it was.
func (l *Log) Verify(ctx context.Context, marks ...Mark) (Mark, error) {
	known := map[uint64]Mark{}
	for _, m := range marks {
		if other, twice := known[m.Number]; twice && other != m {
			return Mark{}, broken(m.Number)
		}
		known[m.Number] = m
	}
	rows, err := l.reader.QueryContext(ctx, "SELECT "+columns+" FROM readings ORDER BY number")
	if err != nil {
		return Mark{}, unavailable(err)
	}
	defer rows.Close()
	var last Mark
	for rows.Next() {
		if m, ok := known[last.Number]; ok && m != last {
			return last, broken(last.Number)
		}
		r, chain, err := scan(rows)
		if err != nil { // a value that Record never writes
			return last, broken(last.Number + 1)
		}
		if r.Number != last.Number+1 {
			return last, broken(last.Number + 1)
		}
		next := l.next(last, r)
		if !hmac.Equal(chain, next.Chain[:]) {
			return last, broken(r.Number)
		}
		last = next
	}
	if err := rows.Err(); err != nil {
		return last, unavailable(err)
	}
	for n, m := range known {
		if n > last.Number || n == last.Number && m != last {
			return last, broken(min(n, last.Number+1))
		}
	}
	return last, nil
}

func broken(number uint64) error {
	return &domain.Error{Kind: domain.Rejected, Code: "access.broken",
		Msg: fmt.Sprintf("nhật ký xem dữ liệu cá nhân không còn nguyên vẹn từ lần xem số %d; hãy giữ nguyên tệp và đối chiếu với bản sao lưu", number),
		En:  fmt.Sprintf("the access log is not as it was written from reading %d on: keep the file and compare it with a backup", number)}
}
