package seal

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"hoso/domain"
	"hoso/projections"
)

// compareViews holds the tree against the hashes that the views took down when the events came.
func (w *walk) compareViews(ctx context.Context) error {
	return NewReader(w.Views).look(ctx, func(tx *sql.Tx) error {
		size, err := projections.Last(ctx, tx)
		if err != nil {
			return err
		}
		if size > w.verdict.Position {
			w.verdict.Add("log.truncated", w.verdict.Position+1, "nhật ký kết thúc ở vị trí %d, nhưng tệp số liệu đã thấy đến vị trí %d", w.verdict.Position, size)
		}
		at, err := w.firstOther(kept{ctx, tx}, size)
		if err == nil && at != 0 {
			w.verdict.Add("views.differ", at, "sự kiện ở vị trí %d không phải là sự kiện mà tệp số liệu đã thấy", at)
		}
		return err
	})
}

// firstOther returns the first position at which views of some size hold another hash than the log, 0 where there is none.
func (w *walk) firstOther(views kept, size domain.Ordinal) (domain.Ordinal, error) {
	common := int64(min(size, w.verdict.Position))
	for level, leaves := 0, int64(1); common/leaves > 0; level, leaves = level+1, leaves*width {
		for n, count := int64(0), common/leaves; n*width < count; n++ {
			has, err := views.load(level, n)
			if err != nil {
				return 0, fmt.Errorf("read the hashes in the views: %w", err)
			}
			want, _ := w.tree.load(level, n)
			want = want[:min(width, count-n*width)*tlog.HashSize]
			if bytes.HasPrefix(has, want) {
				continue
			}
			for i := int64(0); ; i++ {
				end := (i + 1) * tlog.HashSize
				if int64(len(has)) < end || !bytes.Equal(has[:end], want[:end]) {
					return domain.Ordinal((n*width+i)*leaves + 1), nil
				}
			}
		}
	}
	return 0, nil
}
